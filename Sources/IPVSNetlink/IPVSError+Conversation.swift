import IPVS
import Netlink

extension IPVSError {
    /// The failure of a conversation, as one of a conversation with IPVS.
    init(_ error: ConversationError) {
        self =
            switch error {
            case .transport(let error): .transport(KernelError(error))
            case .refused(let error): .refused(KernelError(error))
            case .malformed(let error): .malformedReply(error.description)
            }
    }
}

extension KernelError {
    /// The same number.
    init(_ error: NetlinkError) {
        self.init(rawValue: error.rawValue)
    }
}
