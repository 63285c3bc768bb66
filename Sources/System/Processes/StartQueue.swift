/// Which programs are started when: starts that stand still must not keep others from theirs.
///
/// A start takes a thread until its program is loaded, for ever where a file system does not answer. So there are a few
/// at once for one program, a bounded number for all, and who comes later waits.
struct StartQueue {
    /// The most starts at once of one program.
    static let width = 2
    /// The most starts at once.
    static let capacity = 64

    private var waiting: [(ticket: Int, program: String)] = []
    private var underway: [Int: String] = [:]
    private var counts: [String: Int] = [:]

    /// Those that have begun and not ended.
    var underwayCount: Int { underway.count }

    /// Takes a start in; `ticket` must not be in use.
    mutating func enqueue(_ ticket: Int, program: String) {
        waiting.append((ticket, program))
    }

    /// The starts that begin now, in the order in which they came.
    mutating func next() -> [Int] {
        var chosen: [Int] = []
        waiting.removeAll { start in
            guard underway.count < Self.capacity, counts[start.program, default: 0] < Self.width else { return false }
            underway[start.ticket] = start.program
            counts[start.program, default: 0] += 1
            chosen.append(start.ticket)
            return true
        }
        return chosen
    }

    /// Takes note that a start has ended.
    mutating func ended(_ ticket: Int) {
        guard let program = underway.removeValue(forKey: ticket), let count = counts[program] else { return }
        counts[program] = count > 1 ? count - 1 : nil
    }

    /// Forgets a start that has not begun; whether there was such a one.
    mutating func withdraw(_ ticket: Int) -> Bool {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return false }
        waiting.remove(at: index)
        return true
    }
}
