public import IPVS
import Netlink

/// The IPVS of the running kernel, in the network namespace of the thread that makes this object.
///
/// It keeps one generic netlink socket and has the family resolved once. It belongs to one thread or task at a time.
public final class NetlinkKernel: IPVSKernel {
    let channel: any IPVSChannel
    let conversation: Conversation

    /// Opens the conversation with the kernel.
    ///
    /// - Throws: `IPVSError.unavailable` when no module has registered the family `IPVS`; `.transport` when the kernel
    ///   refuses the socket.
    public convenience init() throws(IPVSError) {
        self.init(channel: try KernelChannel())
    }

    init(channel: any IPVSChannel) {
        self.channel = channel
        conversation = Conversation(channel)
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

    /// Asks one question and hands the attributes of every reply to `read`.
    ///
    /// - Throws: `IPVSError.refused` with the kernel's answer, `.malformedReply` when `read` fails, `.transport`.
    @discardableResult
    func ask(
        _ command: UInt8,
        dumps: Bool = false,
        about key: ServiceKey? = nil,
        read: (Range<Int>, RawSpan) throws(DecodingError) -> Void
    ) throws(IPVSError) -> Conversation.Trace {
        let family = channel.family
        do throws(ConversationError) {
            return try conversation.ask(type: family, flags: dumps ? .dump : .acknowledged) { writer in
                writer.genericHeader(command)
                if let key { writer.nest(TopAttribute.service) { $0.serviceKey(key) } }
            } read: { reply, bytes throws(DecodingError) in
                guard reply.type == family else { return }
                try read(reply.attributes(behind: WireFormat.genericHeaderLength), bytes)
            }
        } catch {
            throw IPVSError(error)
        }
    }
}
