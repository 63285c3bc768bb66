import Console

/// The exit statuses of ipvsadm besides those of every program: `failure` is also that a listing could not be made, or that
/// there are changes in a plan.
extension ExitStatus {
    /// Wrong usage, a bad value, a file with errors, or a kernel that cannot be used.
    static let usage: Int32 = 2
    /// The kernel refused something.
    static let refused: Int32 = 255
}
