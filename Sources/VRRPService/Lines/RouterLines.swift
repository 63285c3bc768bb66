import Glibc
import System
import Time
import VRRP
import VRRPControl

/// The lines to directors and commands: whoever may connects, and is told what happens; none is waited for.
final class RouterLines {
    /// What came of a line.
    enum Matter {
        /// Somebody asks for something; answers go to the line of that number.
        case request(RoutersRequest, line: Int)
        /// The first director came, or the last one went.
        case directors(arePresent: Bool)
        /// Somebody was greeted, and wants to know how all stands.
        case greeted(line: Int)
    }

    private struct Line {
        let end: ControlEnd
        var role: ControlGreeting.Role?
        /// The events that were not told.
        var lost = 0
    }

    /// The most lines at once.
    private static let capacity = 32
    /// The most bytes that wait on a line.
    private static let limit = 1 << 20

    private let loop: EventLoop
    private let listening: Descriptor
    private let allowed: Set<UInt32>
    private let tell: (Matter) -> Void
    private var watch: Watch?
    private var lines: [Int: Line] = [:]
    private var next = 0
    private var retry: LoopTimer?

    /// Listens.
    ///
    /// - Parameters:
    ///   - allowed: the users whose processes may connect.
    ///   - inherited: the end of a pair whose other end a director has.
    /// - Throws: `SystemFailure` of `epoll_ctl`.
    init(
        _ listening: consuming Descriptor,
        allowed: Set<UInt32>,
        inherited: Int32?,
        on loop: EventLoop,
        tell: @escaping (Matter) -> Void
    ) throws(SystemFailure) {
        let number = listening.number
        self.listening = listening
        self.allowed = allowed
        self.loop = loop
        self.tell = tell
        watch = try loop.watch(number, for: .readable) { [weak self] _ in self?.accept() }
        if let inherited { begin(try ControlSocket.inherited(inherited)) }
    }

    deinit {
        if let watch { loop.end(watch) }
    }

    /// Whether a director is there.
    var hasDirector: Bool { lines.values.contains { $0.role == .director } }

    /// Whether something waits to be read.
    var isBusy: Bool { lines.values.contains { $0.end.waiting > 0 } }

    /// Tells everybody of something.
    func broadcast(_ event: RouterEvent) {
        guard !lines.isEmpty, let text = try? KeyedText.bytes(of: RoutersReport.event(event)) else { return }
        for (number, line) in lines where line.role != nil {
            // Who lost one hears no more of them before it was told so: their order would say something that is not true.
            if line.lost > 0 || !line.end.send(text) { lines[number]?.lost += 1 }
        }
        if lines.values.contains(where: { $0.lost > 0 }) { planRetry() }
    }

    /// Tells everybody how all stands.
    func broadcast(_ status: RoutersStatus) {
        guard !lines.isEmpty, let text = try? KeyedText.bytes(of: RoutersReport.status(status)) else { return }
        for line in lines.values where line.role != nil && line.lost == 0 { _ = line.end.send(text) }
    }

    /// Says something to one line.
    func say(_ report: RoutersReport, to number: Int) {
        guard let line = lines[number], let text = try? KeyedText.bytes(of: report) else { return }
        _ = line.end.send(text)
    }

    // MARK: Who comes

    private func accept() {
        while true {
            do throws(SystemFailure) {
                guard let socket = try ControlSocket.accept(listening.number) else { return }
                guard lines.count < Self.capacity, let peer = ControlSocket.peer(of: socket.number),
                    allowed.contains(peer.user)
                else { continue }
                begin(socket)
            } catch {
                // Without a free descriptor the connection waits, and would be told of in every turn.
                pause()
                return
            }
        }
    }

    private func pause() {
        guard let watch else { return }
        loop.end(watch)
        self.watch = nil
        loop.at(loop.now + .seconds(1)) { [weak self] in
            guard let self else { return }
            self.watch = try? loop.watch(listening.number, for: .readable) { [weak self] _ in self?.accept() }
            if self.watch == nil { pause() }
        }
    }

    private func begin(_ socket: consuming Descriptor) {
        let number = next
        next += 1
        guard
            let end = try? ControlEnd(
                socket,
                on: loop,
                limit: Self.limit,
                tell: { [weak self] in self?.take($0, number) }
            )
        else { return }
        lines[number] = Line(end: end)
        say(.greeting(ControlGreeting(.routers, process: getpid())), to: number)
    }

    private func take(_ matter: ControlEnd.Matter, _ number: Int) {
        switch matter {
        case .ended: remove(number)
        case .text(let text):
            guard let request = try? KeyedText.value(RoutersRequest.self, from: text) else {
                return remove(number)
            }
            if case .greeting(let greeting) = request {
                greet(greeting, number)
            } else if lines[number]?.role != nil {
                tell(.request(request, line: number))
            }
        }
    }

    private func greet(_ greeting: ControlGreeting, _ number: Int) {
        guard greeting.version == ControlGreeting.version, greeting.role != .routers else { return remove(number) }
        let wasPresent = hasDirector
        lines[number]?.role = greeting.role
        if hasDirector && !wasPresent { tell(.directors(arePresent: true)) }
        tell(.greeted(line: number))
    }

    private func remove(_ number: Int) {
        guard let line = lines.removeValue(forKey: number) else { return }
        line.end.end()
        if line.role == .director, !hasDirector { tell(.directors(arePresent: false)) }
    }

    private func planRetry() {
        guard retry == nil else { return }
        retry = loop.at(loop.now + .milliseconds(100)) { [weak self] in
            guard let self else { return }
            retry = nil
            for (number, line) in lines where line.lost > 0 && line.end.waiting == 0 {
                say(.lost(line.lost), to: number)
                lines[number]?.lost = 0
                tell(.greeted(line: number))
            }
            if lines.values.contains(where: { $0.lost > 0 }) { planRetry() }
        }
    }
}
