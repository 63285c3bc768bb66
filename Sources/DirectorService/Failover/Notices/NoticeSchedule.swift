import Time

/// The order in which virtual routers and groups are told of.
///
/// What is told of one of them is told one after the other. A program that was started keeps what follows it waiting until it has
/// ended, but no longer than its patience; it goes on beside the rest then, until a newer state has it end. A group and its members
/// are told of in the order in which that was asked for, members beside each other.
struct NoticeSchedule: Sendable {
    /// What is to be done now, in this order.
    enum Action: Hashable, Sendable {
        /// Do this; where it is a program, tell by its number that it has ended.
        case begin(StateNotice.Work, number: Int)
        /// Have the program of that number end.
        case terminate(number: Int)
    }

    private struct Entry: Sendable {
        let number: Int
        /// Which state of its subject it belongs to: later states have higher numbers.
        let state: Int
        let notice: StateNotice
    }

    /// A program that was started and has not ended.
    private struct Program: Sendable {
        let number: Int
        let state: Int
        let begin: MonotonicTime
    }

    /// What is told of one subject.
    private struct Line: Sendable {
        /// The number of its newest state.
        var state = 0
        var waiting: [Entry] = []
        /// The program that what follows waits for.
        var current: Program?
        /// Programs that nothing waits for any more.
        var passed: [Program] = []

        var isOver: Bool { waiting.isEmpty && current == nil && passed.isEmpty }

        /// Whether something that was asked for before is not over.
        func isBusy(before number: Int) -> Bool {
            current.map { $0.number < number } ?? false || waiting.first.map { $0.number < number } ?? false
        }
    }

    /// The time that what follows waits for a program.
    static let patience = Duration.seconds(10)
    /// The same once all is to end.
    static let patienceAtStop = Duration.seconds(1)
    /// The most lines and mails that wait for one subject; the oldest give way.
    private static let capacity = 256

    /// The most programs that something waits for at once.
    private static let width = 100

    /// Each group with its members, by both names.
    private var relatives: [NoticeSubject: [NoticeSubject]] = [:]
    private var lines: [NoticeSubject: Line] = [:]
    /// Whom the programs tell of that have not ended.
    private var subjects: [Int: NoticeSubject] = [:]
    private var currentCount = 0
    private var lastNumber = 0
    private var isStopping = false

    /// How many lines and mails gave way to newer ones.
    private(set) var lostCount = 0

    /// Takes these groups, by their names, with the names of their members.
    mutating func know(groups: [String: [String]]) {
        relatives = [:]
        for (name, members) in groups {
            let group = NoticeSubject(kind: .group, name: name)
            for member in members {
                let router = NoticeSubject(kind: .router, name: member)
                relatives[group, default: []].append(router)
                relatives[router, default: []].append(group)
            }
        }
    }

    /// Tells of something after what was told of the same subject before.
    ///
    /// - Parameter isState: whether it is a state, which programs of a former state give way to.
    mutating func tell(of subject: NoticeSubject, _ notices: [StateNotice], isState: Bool) {
        var line = lines[subject] ?? Line()
        if isState { line.state += 1 }
        for notice in notices {
            lastNumber += 1
            switch notice.hook {
            case .state, .any, .lowerPriority: line.waiting.removeAll { $0.notice.hook == notice.hook }
            case .line, .mail: break
            }
            line.waiting.append(Entry(number: lastNumber, state: line.state, notice: notice))
        }
        if line.waiting.count > Self.capacity {
            lostCount += line.waiting.count - Self.capacity
            line.waiting.removeFirst(line.waiting.count - Self.capacity)
        }
        lines[subject] = line
    }

    /// Waits for no program longer than a moment from now on.
    mutating func beginStop() { isStopping = true }

    /// Whether nothing waits, and no program runs that something may wait for.
    var isIdle: Bool { lines.values.allSatisfy { $0.waiting.isEmpty && $0.current == nil } }

    /// Takes note that a program has ended.
    mutating func ended(_ number: Int) {
        guard let subject = subjects.removeValue(forKey: number), var line = lines[subject] else { return }
        if line.current?.number == number {
            line.current = nil
            currentCount -= 1
        }
        line.passed.removeAll { $0.number == number }
        lines[subject] = line
    }

    /// When `proceed` has something to do, whatever happens until then; nil for never.
    var nextMoment: MonotonicTime? {
        lines.values.lazy.compactMap(\.current?.begin).min().map { $0 + patience }
    }

    private var patience: Duration { isStopping ? Self.patienceAtStop : Self.patience }

    /// Begins what may begin now.
    mutating func proceed(at now: MonotonicTime) -> [Action] {
        pass(at: now)
        var actions: [Action] = []
        var isMoving = true
        while isMoving {
            isMoving = false
            // In the order in which they were asked for, whatever order the dictionary has.
            let heads = lines.compactMap { subject, line in line.waiting.first.map { (subject, $0) } }
                .sorted { $0.1.number < $1.1.number }
            for (subject, entry) in heads where mayBegin(entry, of: subject) {
                isMoving = true
                actions += begin(entry, of: subject, at: now)
            }
        }
        return actions
    }

    /// Lets what follows wait no longer for programs that had their time.
    private mutating func pass(at now: MonotonicTime) {
        for (subject, line) in lines {
            guard let program = line.current, program.begin + patience <= now else { continue }
            lines[subject]?.current = nil
            lines[subject]?.passed.append(program)
            currentCount -= 1
        }
    }

    private mutating func begin(_ entry: Entry, of subject: NoticeSubject, at now: MonotonicTime) -> [Action] {
        guard var line = lines[subject] else { return [] }
        line.waiting.removeFirst()
        // A program that is told to end is not told twice.
        let outdated = line.passed.filter { $0.state < entry.state }
        line.passed.removeAll { $0.state < entry.state }
        if case .run = entry.notice.work {
            line.current = Program(number: entry.number, state: entry.state, begin: now)
            subjects[entry.number] = subject
            currentCount += 1
        }
        lines[subject] = line
        return outdated.map { .terminate(number: $0.number) } + [.begin(entry.notice.work, number: entry.number)]
    }

    /// Whether all that comes before has been told.
    private func mayBegin(_ entry: Entry, of subject: NoticeSubject) -> Bool {
        guard let line = lines[subject], line.current == nil else { return false }
        if case .run = entry.notice.work, currentCount >= Self.width { return false }
        return !(relatives[subject] ?? []).contains { lines[$0]?.isBusy(before: entry.number) ?? false }
    }

    /// Forgets subjects that are not known any more, once nothing is told of them.
    mutating func forget(allBut known: Set<NoticeSubject>) {
        lines = lines.filter { known.contains($0.key) || !$0.value.isOver }
    }
}
