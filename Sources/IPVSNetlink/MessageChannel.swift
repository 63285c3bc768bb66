import IPVS

/// The two ends of a conversation with the kernel, so that a test can be the kernel.
protocol MessageChannel: AnyObject {
    /// The number of the IPVS family.
    var family: UInt16 { get }

    /// How many answers to requests certainly fit the receive buffer.
    var answerCapacity: Int { get }

    /// Sends one datagram; when this returns, the kernel has executed every request in it.
    ///
    /// - Throws: `IPVSError.transport`; none of the requests has then been executed.
    func send(_ bytes: [UInt8]) throws(IPVSError)

    /// The descriptor of the connection table of the network namespace, at its beginning; it stays the channel's.
    ///
    /// - Throws: `IPVSError.transport` when the table could not be opened.
    func rewoundConnectionTable() throws(IPVSError) -> Int32

    /// Loads a module unless the kernel has it; when it cannot be loaded, nothing happens.
    func provide(_ module: KernelModule)

    /// Receives one datagram into the front of `buffer` and returns its length.
    ///
    /// - Throws: `IPVSError.transport`: `.noBufferSpace` when messages were lost, `.timedOut` when none is coming.
    func receive(into buffer: inout [UInt8]) throws(IPVSError) -> Int
}

extension [UInt8] {
    /// Room for one datagram, the longest that the kernel sends being 32 KiB.
    ///
    /// What is in it before something is received is unspecified: memory that is never written to is never paid for.
    static func datagramBuffer() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 64 << 10) { room, count in count = room.count }
    }
}
