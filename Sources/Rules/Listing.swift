package import IPVS

/// What `-L` shows, and how.
package struct Listing: Hashable, Sendable {
    /// What is shown.
    package enum Subject: Hashable, Sendable {
        /// Every service.
        case table
        /// One service.
        case service(ServiceKey)
        /// The connection table: `-c`.
        case connections
        /// `--timeout`.
        case timeouts
        /// `--daemon`.
        case daemons
    }

    /// Which columns a server line has.
    package enum Columns: Hashable, Sendable {
        /// Forwarding method, weight, active and inactive connections.
        case standard
        /// `--stats`.
        case statistics
        /// `--rate`.
        case rates
        /// `--thresholds`.
        case thresholds
        /// `--persistent-conn`; with `-c`, what persistence engines know.
        case persistentConnections
        /// `--tun-info`.
        case tunnels
    }

    package var subject = Subject.table
    package var columns = Columns.standard
    /// `-n`: addresses and ports as numbers.
    package var isNumeric = false
    /// `--exact`: counters in full.
    package var isExact = false
    /// False with `--nosort`: the kernel's order.
    package var isSorted = true
    /// `--json`: everything known of the subject, for programs.
    package var isJSON = false

    package init() {}
}
