/// The way of datagrams to the kernel and back, so that a test can be the kernel.
package protocol MessageChannel: AnyObject {
    /// How many answers to requests certainly fit the receive buffer.
    var answerCapacity: Int { get }

    /// Sends one datagram; when this returns, the kernel has executed every request in it.
    ///
    /// - Throws: `NetlinkError` of the system call; none of the requests has then been executed.
    func send(_ bytes: [UInt8]) throws(NetlinkError)

    /// Receives one datagram into the front of `buffer` and returns its length.
    ///
    /// - Throws: `NetlinkError.noBufferSpace` when messages were lost, `.timedOut` when none is coming, or another of
    ///   the system call.
    func receive(into buffer: inout [UInt8]) throws(NetlinkError) -> Int
}

extension [UInt8] {
    /// Room for one datagram, the longest that the kernel sends being 32 KiB.
    ///
    /// What is in it before something is received is unspecified: memory that is never written to is never paid for.
    package static func datagramBuffer() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 64 << 10) { room, count in count = room.count }
    }
}
