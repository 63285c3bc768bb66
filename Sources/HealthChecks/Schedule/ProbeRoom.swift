import Configuration

/// How many probes of one kind may be in flight, and how many are.
///
/// What hangs may take half of the room: servers that are silent, however many they are, keep nobody from those that answer.
struct ProbeRoom: Sendable {
    /// What probes are made of, which may run out apart from each other.
    enum Kind: Int, CaseIterable, Sendable {
        /// Connections and datagrams, a descriptor for each.
        case sockets
        /// Programs, a process for each.
        case programs

        init(_ method: HealthCheck.Method) {
            switch method {
            case .external: self = .programs
            case .alwaysDown, .connect, .ping, .echo, .negotiate, .combined, .file: self = .sockets
            }
        }
    }

    /// The most probes in flight, at least 1.
    let capacity: Int
    /// The probes that may be in flight now: fewer than `capacity` after the director ran out of something.
    private var ceiling: Int
    private var prompt = 0
    private var hanging = 0

    init(capacity: Int) {
        self.capacity = max(1, capacity)
        ceiling = self.capacity
    }

    /// The probes in flight.
    var inFlight: Int { prompt + hanging }

    /// Whether there is room for another one.
    ///
    /// - Parameter hangs: whether it is likely to hang.
    func hasPlace(hangs: Bool) -> Bool {
        inFlight < ceiling && (!hangs || hanging < max(1, ceiling / 2))
    }

    mutating func began(hangs: Bool) {
        if hangs { hanging += 1 } else { prompt += 1 }
    }

    mutating func ended(hangs: Bool) {
        if hangs { hanging -= 1 } else { prompt -= 1 }
    }

    /// Takes note that there was no descriptor or process for a probe that has ended: there are as many as are in flight.
    mutating func ranOut() {
        ceiling = max(1, min(ceiling, inFlight))
    }

    /// Takes note that there was one.
    mutating func sufficed() {
        if ceiling < capacity { ceiling += 1 }
    }
}
