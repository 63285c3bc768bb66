/// The exit statuses of ipvsadm.
enum ExitStatus {
    static let success: Int32 = 0
    /// A listing could not be made, or an answer could not be written; there are changes in a plan.
    static let failure: Int32 = 1
    /// Wrong usage, a bad value, a file with errors, or a kernel that cannot be used.
    static let usage: Int32 = 2
    /// The kernel refused something.
    static let refused: Int32 = 255
}
