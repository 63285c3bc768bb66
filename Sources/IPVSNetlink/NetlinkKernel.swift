import CNetlink
public import IPVS

/// The IPVS of the running kernel, in the network namespace of the thread that makes this object.
///
/// It keeps one generic netlink socket and has the family resolved once. It belongs to one thread or task at a time.
public final class NetlinkKernel: IPVSKernel {
    let channel: any MessageChannel
    private var lastSequence: UInt32 = 0
    /// The last question, whose memory the next one uses again.
    private var request = MessageWriter()
    private var buffer = [UInt8].datagramBuffer()

    /// Opens the conversation with the kernel.
    ///
    /// - Throws: `IPVSError.unavailable` when no module has registered the family `IPVS`; `.transport` when the kernel
    ///   refuses the socket.
    public convenience init() throws(IPVSError) {
        self.init(channel: try KernelChannel())
    }

    init(channel: any MessageChannel) {
        self.channel = channel
    }

    /// Version and size of the connection table: `IPVS_CMD_GET_INFO`.
    ///
    /// - Throws: `IPVSError.refused(.notPermitted)` without CAP_NET_ADMIN, `.transport` when no answer comes or a
    ///   system call fails, `.malformedReply` when the answer cannot be read.
    public func information() throws(IPVSError) -> KernelInformation {
        var found: KernelInformation?
        try ask(WireCommand.getInformation) { range, bytes throws(DecodingError) in
            found = try ReplyDecoder.information(in: range, of: bytes)
        }
        guard let found else { throw .malformedReply("no information") }
        return found
    }

    /// The connection timeouts in seconds: `IPVS_CMD_GET_CONFIG`.
    ///
    /// - Throws: `IPVSError.refused(.notPermitted)` without CAP_NET_ADMIN, `.transport` when no answer comes or a
    ///   system call fails, `.malformedReply` when the answer cannot be read.
    public func timeouts() throws(IPVSError) -> Timeouts {
        var found: Timeouts?
        try ask(WireCommand.getConfiguration) { range, bytes throws(DecodingError) in
            found = try ReplyDecoder.timeouts(in: range, of: bytes)
        }
        guard let found else { throw .malformedReply("no timeouts") }
        return found
    }

    /// The synchronisation daemons that run, the master first: a dump of `IPVS_CMD_GET_DAEMON`.
    ///
    /// - Throws: `IPVSError.refused(.notPermitted)` without CAP_NET_ADMIN, `.transport` when no answer comes or a
    ///   system call fails, `.malformedReply` when the answer cannot be read.
    public func daemons() throws(IPVSError) -> [SyncDaemon] {
        var found: [SyncDaemon] = []
        try ask(WireCommand.getDaemon, dumps: true) { range, bytes throws(DecodingError) in
            found.append(try ReplyDecoder.daemon(in: range, of: bytes))
        }
        return found.sorted { $0.role.rawValue < $1.role.rawValue }
    }

    /// What a dump said of itself, beyond its contents.
    struct DumpTrace {
        /// How many datagrams carried replies; a single one is filled without the table changing meanwhile.
        var datagrams = 0
        /// Whether the kernel says that the table changed.
        var isInterrupted = false
    }

    /// Asks one question and hands the attributes of every reply to `read`.
    ///
    /// - Throws: `IPVSError.refused` with the kernel's answer, `.malformedReply` when `read` fails, `.transport`.
    @discardableResult
    func ask(
        _ command: UInt8,
        dumps: Bool = false,
        about key: ServiceKey? = nil,
        read: (Range<Int>, RawSpan) throws(DecodingError) -> Void
    ) throws(IPVSError) -> DumpTrace {
        let sequence = nextSequence()
        request.removeAll()
        request.message(
            family: channel.family,
            command: command,
            flags: UInt16(dumps ? NLM_F_DUMP : NLM_F_ACK),
            sequence: sequence
        ) { writer in
            if let key { writer.nest(TopAttribute.service) { $0.serviceKey(key) } }
        }
        try channel.send(request.bytes)
        var trace = DumpTrace()
        var end: Message.Kind?
        var failure: DecodingError?
        while end == nil {
            var hasReply = false
            try receive { message, bytes throws(DecodingError) in
                guard message.sequence == sequence, end == nil else { return }
                if message.isInterrupted { trace.isInterrupted = true }
                switch message.kind {
                case .reply:
                    hasReply = true
                    // What is left of the answer is taken all the same, or it would be in the way of the next one.
                    guard failure == nil else { return }
                    do throws(DecodingError) {
                        try read(message.attributes, bytes)
                    } catch {
                        failure = error
                    }
                case .result, .done:
                    end = message.kind
                case .other:
                    break
                }
            }
            if hasReply { trace.datagrams += 1 }
        }
        if let failure { throw .malformedReply(failure.description) }
        switch end {
        case .result(let number) where number != 0, .done(let number) where number != 0:
            throw .refused(KernelError(rawValue: number))
        default:
            return trace
        }
    }

    /// Receives one datagram and hands each of its messages to `body`.
    func receive(_ body: (Message, RawSpan) throws(DecodingError) -> Void) throws(IPVSError) {
        let count = try channel.receive(into: &buffer)
        let datagram = buffer
        do {
            let bytes = datagram.span.bytes.extracting(first: count)
            var cursor = MessageCursor(family: channel.family)
            while let message = try cursor.next(in: bytes) { try body(message, bytes) }
        } catch {
            throw .malformedReply(error.description)
        }
    }

    /// A number for the next request that none in flight has.
    func nextSequence() -> UInt32 {
        lastSequence &+= 1
        return lastSequence
    }
}
