extension CheckResult {
    /// Whether nobody was asked: the director itself was in the way, and the result says nothing about the server.
    ///
    /// A check that can never be made as the configuration has it (`.director(.malformed)`) is a failure instead.
    package var isUnasked: Bool {
        guard case .director(let outcome) = layer else { return false }
        return outcome != .malformed
    }

    /// Whether nobody was asked because descriptors, memory or processes were used up.
    package var isShortage: Bool {
        switch layer {
        case .director(.limit), .director(.processes): true
        // EAGAIN, ENOMEM, ENFILE, EMFILE, ENOBUFS on every architecture of Linux.
        case .director(.systemError(let number)): [11, 12, 23, 24, 105].contains(number)
        default: false
        }
    }
}
