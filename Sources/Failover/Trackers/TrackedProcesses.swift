/// Processes that are counted by their names (`vrrp_track_process`).
package struct TrackedProcesses: Hashable, Codable, Sendable {
    /// How much of the parameters must fit.
    package enum Match: Hashable, Codable, Sendable {
        /// All of them.
        case exact
        /// All of them, the last of which may be the beginning of one (`param_match initial`).
        case initial
        /// The first ones, whole (`param_match partial`).
        case partial
    }

    /// The name that trackers have.
    package var name: String
    /// The program: the last part of its path, or the whole path where `comparesWholeCommand`.
    package var command: String
    /// The parameters that it must have; with a `match` and none, it must have none.
    package var parameters: [String] = []
    /// How parameters are compared; nil where they do not count.
    package var match: Match?
    /// Whether the whole command is compared, and not its name of at most 15 letters (`full_command`).
    package var comparesWholeCommand = false
    /// The fewest that must run; 0 only where `most` is 0.
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
