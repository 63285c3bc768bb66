package import Failover
package import System
import Time
package import VRRP

/// The director's end of the line to the process of the virtual routers: it is made again as often as that process is.
///
/// What the other side must know is kept, and told anew to each process that comes: the configuration, and the last value of each
/// thing that is tracked. A value that changes while the other side does not read takes the place of the one before.
package final class RoutersLine {
    /// What came of the line.
    package enum Matter {
        /// The process is there.
        case began(process: Int32)
        /// The process said something.
        case report(RoutersReport)
        /// The process is gone, or speaks another version; it is looked for again, soon at first and then each second.
        case ended(String)
    }

    private let loop: EventLoop
    private let path: String
    private let role: ControlGreeting.Role
    private let process: Int32
    private let tell: (Matter) -> Void
    private var end: ControlEnd?
    private var isGreeted = false
    private var timer: LoopTimer?
    private var lastNumber: UInt64 = 0
    private var configuration: (set: RouterSet, number: UInt64)?
    private var values: [TrackedSubject: TrackedValue] = [:]
    private var unsaid: Set<TrackedSubject> = []
    private var isConfigurationSaid = false

    /// The times from one look for the process to the next; the last one counts from then on.
    ///
    /// One that is started again at once is found before another router would take over.
    private static let pauses: [Duration] = [
        .zero, .milliseconds(5), .milliseconds(10), .milliseconds(20), .milliseconds(40), .milliseconds(80),
        .milliseconds(150),
        .milliseconds(300), .milliseconds(500), .seconds(1),
    ]
    private var lookCount = 0

    private static let limit = 1 << 20

    /// Begins a line to the process that listens at a path.
    ///
    /// - Parameters:
    ///   - inherited: the end of a pair whose other end the process has; nil to connect at once.
    ///   - tell: is called in turns of the loop.
    package init(
        to path: String,
        inherited: Int32? = nil,
        as role: ControlGreeting.Role,
        process: Int32,
        on loop: EventLoop,
        tell: @escaping (Matter) -> Void
    ) {
        self.path = path
        self.role = role
        self.process = process
        self.loop = loop
        self.tell = tell
        plan(after: .zero, inherited: inherited)
    }

    /// Ends the line.
    package func close() {
        timer.map(loop.cancel)
        timer = nil
        end?.end()
        end = nil
    }

    /// Looks for the process without waiting for the next time: it is about to listen.
    package func look() {
        guard end == nil else { return }
        lookCount = 0
        plan(after: .zero)
    }

    /// Whether the process is there and understands this side.
    package var isOpen: Bool { isGreeted }

    // MARK: What is said

    /// Puts virtual routers into force, now and in each process to come; the answer is a report with the number.
    @discardableResult
    package func configure(_ set: RouterSet) -> UInt64 {
        lastNumber += 1
        configuration = (set, lastNumber)
        isConfigurationSaid = false
        say()
        return lastNumber
    }

    /// Tells what was found when a thing was looked at.
    package func track(_ subject: TrackedSubject, _ value: TrackedValue) {
        guard values[subject] != value else { return }
        values[subject] = value
        unsaid.insert(subject)
        say()
    }

    /// Forgets the values of things that are tracked no more.
    package func forget(_ subjects: [TrackedSubject]) {
        for subject in subjects {
            values[subject] = nil
            unsaid.remove(subject)
        }
    }

    /// Tells how many entries of the connection table came from another machine, and how many there are.
    package func tableMeasured(synchronised: Int, total: Int) {
        _ = send(.tableMeasured(synchronised: synchronised, total: total))
    }

    /// Gives an order.
    ///
    /// - Returns: the number of the answer; nil when the process is not there or does not read.
    package func order(_ order: NodeOrder) -> UInt64? {
        lastNumber += 1
        return send(.order(order, number: lastNumber)) ? lastNumber : nil
    }

    /// Asks the process to begin again as the program that is installed now, and to go on as master.
    ///
    /// - Returns: the number of the answer, which comes when that cannot be; nil when the process is not there.
    package func restart() -> UInt64? {
        lastNumber += 1
        return send(.restart(number: lastNumber)) ? lastNumber : nil
    }

    /// Sets all counters to zero.
    package func clearCounters() {
        _ = send(.clearCounters)
    }

    /// Asks how all stands.
    package func askStatus() {
        _ = send(.status)
    }

    private func send(_ request: RoutersRequest) -> Bool {
        guard isGreeted, let end, let text = try? KeyedText.bytes(of: request) else { return false }
        return end.send(text)
    }

    /// Says what the other side does not know yet, as far as there is room.
    private func say() {
        if !isConfigurationSaid, let configuration {
            isConfigurationSaid = send(.configure(configuration.set, number: configuration.number))
            guard isConfigurationSaid else { return retry() }
        }
        for subject in unsaid {
            guard let value = values[subject] else { continue }
            guard send(.track(subject, value)) else { return retry() }
            unsaid.remove(subject)
        }
    }

    private func retry() {
        guard isGreeted, timer == nil else { return }
        timer = loop.at(loop.now + .milliseconds(50)) { [weak self] in
            self?.timer = nil
            self?.say()
        }
    }

    // MARK: The line

    private func plan(after pause: Duration, inherited: Int32? = nil) {
        timer.map(loop.cancel)
        timer = loop.at(loop.now + pause) { [weak self] in
            self?.timer = nil
            self?.begin(inherited)
        }
    }

    private func planLook() {
        plan(after: Self.pauses[min(lookCount, Self.pauses.count - 1)])
        lookCount += 1
    }

    private func begin(_ inherited: Int32?) {
        do throws(SystemFailure) {
            let socket =
                if let inherited { try ControlSocket.inherited(inherited) } else {
                    try ControlSocket.connect(to: path)
                }
            end = try ControlEnd(socket, on: loop, limit: Self.limit) { [weak self] in self?.take($0) }
            guard let text = try? KeyedText.bytes(of: RoutersRequest.greeting(ControlGreeting(role, process: process)))
            else { return }
            _ = end?.send(text)
        } catch {
            planLook()
        }
    }

    private func take(_ matter: ControlEnd.Matter) {
        switch matter {
        // What ends before it has said anything had not begun.
        case .ended(let failure): fail(failure?.message ?? "it has ended", isTold: isGreeted)
        case .text(let text):
            guard let report = try? KeyedText.value(RoutersReport.self, from: text) else {
                // A report of a newer process, whose greeting this side understood.
                guard isGreeted else { return fail("it speaks another version") }
                return
            }
            if case .greeting(let greeting) = report { greet(greeting) } else if isGreeted { tell(.report(report)) }
        }
    }

    private func greet(_ greeting: ControlGreeting) {
        guard greeting.version == ControlGreeting.version, greeting.role == .routers else {
            return fail("it speaks version \(greeting.version), and this program \(ControlGreeting.version)")
        }
        isGreeted = true
        lookCount = 0
        isConfigurationSaid = false
        unsaid = Set(values.keys)
        tell(.began(process: greeting.process))
        say()
    }

    private func fail(_ reason: String, isTold: Bool = true) {
        end?.end()
        end = nil
        isGreeted = false
        planLook()
        if isTold { tell(.ended(reason)) }
    }
}
