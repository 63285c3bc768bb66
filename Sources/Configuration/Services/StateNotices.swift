/// The programs that are run when a server or a pool comes up and goes down.
///
/// Those of one server or pool run one after the other, in the order of its changes.
package struct StateNotices: Hashable, Sendable {
    /// Run when it is up; nil for none.
    package var up: NoticeProgram?
    /// Run when it is down; nil for none.
    package var down: NoticeProgram?

    /// Makes notices by those programs.
    package init(up: NoticeProgram? = nil, down: NoticeProgram? = nil) {
        self.up = up
        self.down = down
    }
}
