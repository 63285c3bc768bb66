import Failover
import Glibc
import System
import Time
import VRRP
import VRRPControl

/// What a command says to the process of the virtual routers, and what that answers.
final class RoutersConversation {
    /// Why there is no answer.
    enum Failure: Error, Hashable {
        /// Nobody listens at the socket, or one may not speak there.
        case away(SystemFailure)
        /// It is a process of another version.
        case foreign
        /// It does not answer in its time.
        case silent
        /// It has ended the conversation.
        case ended
        /// It does not do what it was asked for, for that reason.
        case refused(String)

        /// It for people.
        var text: String {
            switch self {
            case .away(let failure): failure.message
            case .foreign: "it is of another version than this program; restart it"
            case .silent: "it does not answer"
            case .ended: "it has ended"
            case .refused(let reason): reason
            }
        }
    }

    /// The time that each answer has.
    private static let patience = Duration.seconds(5)

    private let loop: EventLoop
    private var end: ControlEnd?
    private var reports: [RoutersReport] = []
    private var hasEnded = false
    private var lastNumber: UInt64 = 0
    /// The number of the process.
    private(set) var process: Int32 = 0

    /// Greets the process that listens at a path.
    init(with path: String, on loop: EventLoop) throws(Failure) {
        self.loop = loop
        do throws(SystemFailure) {
            let socket = try ControlSocket.connect(to: path)
            end = try ControlEnd(socket, on: loop, limit: 1 << 20) { [weak self] in self?.take($0) }
        } catch {
            throw .away(error)
        }
        try send(.greeting(ControlGreeting(.command, process: getpid())))
        process = try awaitReport { report in
            if case .greeting(let greeting) = report { greeting } else { nil }
        }.checkedProcess()
    }

    private func take(_ matter: ControlEnd.Matter) {
        switch matter {
        case .ended: hasEnded = true
        case .text(let text):
            guard let report = try? KeyedText.value(RoutersReport.self, from: text) else { return }
            reports.append(report)
        }
    }

    private func send(_ request: RoutersRequest) throws(Failure) {
        guard let text = try? KeyedText.bytes(of: request), end?.send(text) == true else { throw .ended }
    }

    /// Waits for a report of a kind; others are left unread.
    private func awaitReport<Answer>(_ wanted: (RoutersReport) -> Answer?) throws(Failure) -> Answer {
        let limit = loop.clock() + Self.patience
        while true {
            while !reports.isEmpty {
                if let answer = wanted(reports.removeFirst()) { return answer }
            }
            if hasEnded { throw .ended }
            guard loop.clock() < limit else { throw .silent }
            do throws(SystemFailure) {
                try loop.runTurn(atMost: .milliseconds(100))
            } catch {
                throw .away(error)
            }
        }
    }

    /// How all stands.
    func status() throws(Failure) -> RoutersStatus {
        reports = []
        try send(.status)
        return try awaitReport { report in
            if case .status(let status) = report { status } else { nil }
        }
    }

    /// Gives an order, and waits until it is in force.
    func give(_ order: NodeOrder) throws(Failure) {
        lastNumber += 1
        let number = lastNumber
        try send(.order(order, number: number))
        try awaitAnswer(number)
    }

    /// Has the process begin again as the program that is installed now, and waits until that one is there.
    func restart() throws(Failure) {
        lastNumber += 1
        let number = lastNumber
        try send(.restart(number: number))
        do {
            try awaitAnswer(number)
        } catch {
            // The end of this conversation is what was asked for.
            guard error == .ended else { throw error }
        }
    }

    private func awaitAnswer(_ number: UInt64) throws(Failure) {
        let refusal: String? = try awaitReport { report in
            if case .answer(number, let refusal) = report { .some(refusal) } else { nil }
        }
        if let refusal { throw .refused(refusal) }
    }
}

extension ControlGreeting {
    fileprivate func checkedProcess() throws(RoutersConversation.Failure) -> Int32 {
        guard version == ControlGreeting.version, role == .routers else { throw .foreign }
        return process
    }
}
