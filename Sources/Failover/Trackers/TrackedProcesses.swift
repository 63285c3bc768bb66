/// Processes that are counted by their names (`vrrp_track_process`).
package struct TrackedProcesses: Hashable, Codable, Sendable {
    /// How much of the parameters must fit.
    package enum Match: Hashable, Codable, Sendable {
        /// All of them.
        case exact
        /// The first ones, whole.
        case initial
        /// The first ones, the last of which may be the beginning of one.
        case partial
    }

    /// The name that trackers have.
    package var name: String
    /// The program: the last part of its path, or the whole path where `comparesWholeCommand`.
    package var command: String
    /// The parameters that it must have; empty for any.
    package var parameters: [String] = []
    /// How parameters are compared; nil where they do not count.
    package var match: Match?
    /// Whether the whole command is compared, and not its name of at most 15 letters (`full_command`).
    package var comparesWholeCommand = false
    /// The fewest that must run, at least 1.
    package var quorum = 1
    /// The most that may run; nil for any number.
    package var most: Int?
    /// The time until a process that began counts (`fork_delay`).
    package var startDelay = Duration.zero
    /// The time until a process that ended counts (`terminate_delay`).
    package var endDelay = Duration.zero

    /// Makes a set of processes.
    package init(_ name: String, command: String) {
        self.name = name
        self.command = command
    }
}
