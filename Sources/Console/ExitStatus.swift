/// The exit statuses that all programs share.
package enum ExitStatus {
    /// The program did what it was asked to.
    package static let success: Int32 = 0
    /// Something was not done, or an answer could not be written.
    package static let failure: Int32 = 1
}
