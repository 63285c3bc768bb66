import Addresses
import CheckIO
import Configuration
import Dialogues
import Director
import Glibc
import System
import Time

/// Mails on their way: a few at once, each tried a few times, and none of them waited for.
final class MailQueue {
    private struct Entry {
        let message: OutgoingMessage
        /// The mail server; nil for the program of this host.
        let server: String?
        /// The port of the mail server.
        let port: UInt16
        let subject: String
        var attempts = 0
        /// Where the mail server was found last.
        var target: Endpoint?
    }

    /// The most mails that are kept; more are dropped, and the log says so.
    private static let capacity = 200
    /// The mails that are delivered at once.
    private static let width = 4
    /// The time for one attempt, where the configuration says none.
    private static let usualPatience = Duration.seconds(30)
    /// The times from one attempt to the next.
    private static let delays: [Duration] = [.seconds(30), .seconds(300)]

    private let loop: EventLoop
    private let environment: ServiceEnvironment
    private let log: DaemonLog
    private var waiting: [Entry] = []
    private var underway: [Int: Entry] = [:]
    private var postponed: [Int: (entry: Entry, timer: LoopTimer)] = [:]
    private var lastNumber = 0
    private var storm = MailStorm()
    private var stormTimer: LoopTimer?
    /// The `From` of the file, as the last mail had it.
    private var sender: String?
    /// The time for one attempt.
    private var patience = MailQueue.usualPatience
    /// The name that mail servers are greeted with.
    private var greeting: String
    /// The mails that were dropped since the log was told.
    private var droppedCount = 0

    private lazy var runner = ProbeRunner(loop: loop) { [unowned self] token, result in
        ended(token, trouble: result.verdict == .up ? nil : "\(result.layer): \(result.text)")
    }

    init(on loop: EventLoop, _ environment: ServiceEnvironment, log: DaemonLog) {
        self.loop = loop
        self.environment = environment
        self.log = log
        greeting = environment.hostName
    }

    /// Sends mails as a configuration wants it from here on.
    func change(to process: ProcessSettings) {
        patience = process.mailTimeout ?? Self.usualPatience
        greeting = process.mailGreeting ?? environment.hostName
    }

    /// Whether nothing is being delivered; what waits for another attempt does not count.
    var isIdle: Bool { waiting.isEmpty && underway.isEmpty }

    /// The mails that were not delivered, those that wait for another attempt included.
    var count: Int { waiting.count + underway.count + postponed.count }

    /// Delivers a mail, or sums it up with others when there are too many; `sender` is the `From` of the file.
    func send(_ mail: Mail, from sender: String?) {
        self.sender = sender
        if storm.admit(mail, at: loop.now) { return deliver(mail, from: sender) }
        guard stormTimer == nil, let due = storm.due else { return }
        stormTimer = loop.at(due) { [weak self] in self?.sumUp() }
    }

    /// Delivers what was held to be summed up, and tells what was dropped.
    func sumUp() {
        if let stormTimer { loop.cancel(stormTimer) }
        stormTimer = nil
        droppedCount += storm.droppedCount
        for held in storm.release() { deliver(log.voice.mail(inPlaceOf: held), from: sender) }
        if droppedCount > 1 { log.tell(.mail(.manyDropped(droppedCount))) }
        droppedCount = 0
    }

    private func deliver(_ mail: Mail, from sender: String?) {
        guard count < Self.capacity else {
            if droppedCount == 0 {
                log.tell(.mail(.dropped(subject: mail.subject)))
                // The mails that are dropped after this one are told in one line.
                if stormTimer == nil {
                    stormTimer = loop.at(loop.now + MailStorm.period) { [weak self] in self?.sumUp() }
                }
            }
            droppedCount += 1
            return
        }
        lastNumber += 1
        let message = OutgoingMessage(
            mail,
            body: log.voice.body(of: mail, from: environment.hostName),
            from: sender,
            userName: environment.userName,
            hostName: environment.hostName,
            at: CalendarTime(),
            number: lastNumber
        )
        guard let message else {
            log.tell(.mail(.withoutRecipient(subject: mail.subject)))
            return
        }
        // One that is named with a port is asked there.
        let port = mail.alert.mailServerPort == 25 ? environment.mailPort : mail.alert.mailServerPort
        waiting.append(Entry(message: message, server: mail.alert.mailServer, port: port, subject: mail.subject))
        proceed()
    }

    private func proceed() {
        while underway.count < Self.width, !waiting.isEmpty {
            let entry = waiting.removeFirst()
            lastNumber += 1
            let token = lastNumber
            underway[token] = entry
            if let server = entry.server { submit(entry, to: server, token) } else { handOver(entry, token) }
        }
    }

    // MARK: To a server

    private func submit(_ entry: Entry, to server: String, _ token: Int) {
        Background.begin(on: loop) {
            (try? SystemLookup.address(of: server, .ipv4)) ?? (try? SystemLookup.address(of: server, .ipv6))
        } then: { [weak self] found in
            guard let self else { return }
            guard let address = found ?? nil else { return ended(token, trouble: "no address for \(server)") }
            let target = Endpoint(address: address, port: entry.port)
            underway[token]?.target = target
            let machine = MailSubmission(message: entry.message, target: target, clientName: greeting)
            runner.dialogue(machine, timeout: patience, token: token)
        }
    }

    // MARK: To a program

    /// Gives the mail to the first of the programs that can be started, from that one on.
    private func handOver(_ entry: Entry, _ token: Int, from index: Int = 0) {
        let programs = environment.mailPrograms
        guard programs.indices.contains(index) else {
            // The outcome is told in a turn of the loop, and not from within `send`.
            loop.at(loop.now) { [weak self] in self?.ended(token, trouble: "there is no sendmail") }
            return
        }
        let message = entry.message
        let command = ProgramCommand(
            program: programs[index],
            arguments: ["-i", "-f", message.returnPath.mailbox, "--"] + message.recipients.map(\.mailbox),
            input: message.bytes(lineEnd: [UInt8(ascii: "\n")]),
            output: ProgramCommand.firstLine
        )
        ChildProcess(on: loop, command, timeout: patience) { [weak self] result in
            guard case .failure(.refused(let number, _)) = result, [ENOENT, ENOTDIR, EACCES].contains(number) else {
                self?.ended(token, trouble: result.trouble)
                return
            }
            self?.handOver(entry, token, from: index + 1)
        }
    }

    private func ended(_ token: Int, trouble: String?) {
        guard var entry = underway.removeValue(forKey: token) else { return }
        defer { proceed() }
        guard let trouble else { return log.tell(.mail(.sent(to: entry.target))) }
        let isGivenUp = entry.attempts >= Self.delays.count
        log.tell(
            .mail(
                .failed(
                    subject: entry.subject,
                    reason: trouble,
                    isToServer: entry.server != nil,
                    isGivenUp: isGivenUp
                )
            )
        )
        guard !isGivenUp else { return }
        let delay = Self.delays[entry.attempts]
        entry.attempts += 1
        lastNumber += 1
        let number = lastNumber
        let timer = loop.at(loop.now + delay) { [weak self] in self?.resume(number) }
        postponed[number] = (entry, timer)
    }

    private func resume(_ number: Int) {
        guard let entry = postponed.removeValue(forKey: number)?.entry else { return }
        waiting.append(entry)
        proceed()
    }
}
