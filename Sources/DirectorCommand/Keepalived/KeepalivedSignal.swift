/// The numbers of the signals that a daemon of keepalived takes, by what they ask for: `--signum`.
enum KeepalivedSignal: String, CaseIterable {
    case stop = "STOP"
    case reload = "RELOAD"
    case data = "DATA"
    case statistics = "STATS"
    case clearedStatistics = "STATS_CLEAR"
    case json = "JSON"

    /// The number on Linux.
    var number: Int {
        switch self {
        case .stop: 15
        case .reload: 1
        case .data: 10
        case .statistics: 12
        case .clearedStatistics: 63
        case .json: 36
        }
    }
}
