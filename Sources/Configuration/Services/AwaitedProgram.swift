/// A program whose end is waited for, no longer than its time.
package struct AwaitedProgram: Hashable, Sendable {
    /// The program, and whom it runs as.
    package var program: NoticeProgram
    /// The time after which it is ended.
    package var patience: Duration

    /// Gives a program so much time.
    package init(_ program: NoticeProgram, patience: Duration) {
        self.program = program
        self.patience = patience
    }
}
