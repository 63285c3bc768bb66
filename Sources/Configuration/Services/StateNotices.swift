/// The programs that are run when a server or a pool comes up and goes down.
///
/// Those of one server or pool run one after the other, in the order of its changes.
package struct StateNotices: Hashable, Sendable {
    // Apart, for most of many thousand servers have none.
    private indirect enum Programs: Hashable, Sendable {
        case programs(up: NoticeProgram?, down: NoticeProgram?)
    }

    private var programs: Programs?

    /// Makes notices by those programs.
    package init(up: NoticeProgram? = nil, down: NoticeProgram? = nil) {
        if up != nil || down != nil { programs = .programs(up: up, down: down) }
    }

    /// Run when it is up; nil for none.
    package var up: NoticeProgram? {
        get { if case .programs(let up, _)? = programs { up } else { nil } }
        set { self = StateNotices(up: newValue, down: down) }
    }

    /// Run when it is down; nil for none.
    package var down: NoticeProgram? {
        get { if case .programs(_, let down)? = programs { down } else { nil } }
        set { self = StateNotices(up: up, down: newValue) }
    }
}
