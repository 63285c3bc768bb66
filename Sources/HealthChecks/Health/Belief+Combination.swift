extension ServerHealth.Belief {
    /// What is believed of a server by what is believed of each of its checks.
    ///
    /// One check that is down is enough for down, and all have to be up for up; a server without checks is up. Else there
    /// is no verdict: it is unknown while one of them is, and adopted where those that are not up were adopted.
    package static func combined(_ beliefs: some Sequence<Self>) -> Self {
        beliefs.reduce(.up) { $1.severity > $0.severity ? $1 : $0 }
    }

    /// How much it counts beside what is believed of other checks.
    private var severity: Int {
        switch self {
        case .up: 0
        case .adopted: 1
        case .unknown: 2
        case .down: 3
        }
    }
}
