package import Failover
import Glibc
package import System
package import VRRP
package import VRRPControl

/// The process of virtual routers as a test plays it: it listens, keeps what it is told, and says what the test wants said.
package final class PlayedRouters {
    private let loop: EventLoop
    private let listening: Descriptor
    private var watch: Watch?
    private var end: ControlEnd?
    /// What it was told by the director that is there now.
    package private(set) var requests: [RoutersRequest] = []
    /// How often somebody has come.
    package private(set) var visitors = 0
    /// What it does about a request beside keeping it.
    package var onRequest: (RoutersRequest) -> Void = { _ in }

    /// Listens at a path.
    package init(at path: String, on loop: EventLoop) throws {
        self.loop = loop
        listening = try ControlSocket.listen(at: path)
        watch = try loop.watch(listening.number, for: .readable) { [unowned self] _ in accept() }
    }

    deinit {
        if let watch { loop.end(watch) }
        end?.end()
    }

    private func accept() {
        guard let socket = try? ControlSocket.accept(listening.number) else { return }
        visitors += 1
        requests = []
        end = try? ControlEnd(socket, on: loop, limit: 1 << 20) { [weak self] in self?.take($0) }
        say(.greeting(ControlGreeting(.routers, process: getpid())))
    }

    private func take(_ matter: ControlEnd.Matter) {
        guard case .text(let text) = matter, let request = try? KeyedText.value(RoutersRequest.self, from: text) else {
            return
        }
        requests.append(request)
        onRequest(request)
    }

    /// Says something to whoever came last.
    package func say(_ report: RoutersReport) {
        guard let text = try? KeyedText.bytes(of: report) else { return }
        _ = end?.send(text)
    }

    /// Tells of something that happened to a virtual router.
    package func say(_ name: String, _ matter: RouterMatter, _ state: RouterState, priority: UInt8 = 100) {
        say(.event(.router(name, matter, state: state, priority: priority)))
    }

    /// Ends the line, as a process that dies does.
    package func hangUp() {
        end?.end()
        end = nil
    }

    /// The configurations that it was given.
    package var configurations: [RouterSet] {
        requests.compactMap { if case .configure(let set, _) = $0 { set } else { nil } }
    }

    /// The last value of each thing that is tracked.
    package var values: [TrackedSubject: TrackedValue] {
        requests.reduce(into: [:]) { values, request in
            if case .track(let subject, let value) = request { values[subject] = value }
        }
    }
}
