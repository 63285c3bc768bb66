package import IPVS

// Why a change failed, in words for the log.

extension IPVSError {
    /// One line without a full stop: "the kernel refuses it: not permitted; CAP_NET_ADMIN is needed".
    package var reason: String {
        switch self {
        case .refused(let error): "the kernel refuses it: \(error.reason)"
        case .unavailable: "the kernel has no IPVS"
        case .transport(let error): "the kernel cannot be asked: \(error.reason)"
        case .unanswered: "the kernel's answer was lost"
        case .malformedReply(let text): "the kernel's answer cannot be read: \(text)"
        case .unsettled(let attempts): "the table changed during each of \(attempts) readings"
        }
    }
}

extension KernelError {
    fileprivate var reason: String {
        switch self {
        case .notPermitted: "not permitted; CAP_NET_ADMIN is needed"
        case .noSuchEntry: "no such server, or no such scheduler"
        case .noSuchService: "no such virtual server"
        case .outOfMemory: "out of memory"
        case .exists: "it is there already"
        case .invalid: "not valid for this kernel (unicast address, family)"
        case .outOfRange: "weight or thresholds out of range"
        case .familyNotSupported: "address family not supported; is IPv6 off?"
        case .noBufferSpace: "no buffer space"
        case .timedOut: "no answer in time"
        default: "error \(rawValue)"
        }
    }
}
