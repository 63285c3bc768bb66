/// A program whose exit status is tracked (`vrrp_script`).
package struct TrackedScript: Hashable, Sendable {
    /// The name that trackers have.
    package var name: String
    /// The program with its arguments.
    package var program: NoticeProgram
    /// The time from start to start.
    package var interval: Duration
    /// The time after which a run is ended and counts as failed.
    package var timeout: Duration
    /// The results in a row until it passes, at least 1.
    package var rise = 1
    /// The results in a row until it fails, at least 1.
    package var fall = 1
    /// Whether it counts as failed before the first result (`init_fail`).
    package var beginsFailed = false

    /// Makes a script that may run as long as its interval.
    package init(_ name: String, program: NoticeProgram, interval: Duration) {
        self.name = name
        self.program = program
        self.interval = interval
        timeout = interval
    }
}
