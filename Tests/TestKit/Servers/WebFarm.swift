public import Addresses
import CLinux
import Glibc
import IPVS
import Synchronization

/// One web server for all addresses of this host, each of which can be told to fail.
public final class WebFarm {
    private struct State {
        var failing: Set<IPAddress> = []
        var failures: [IPAddress: ContinuousClock.Instant] = [:]
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    private let shared = Shared()
    private let listener: Socket
    private let work: BackgroundWork<Void>

    /// Opens shop at a port, in the namespace of the calling thread.
    public init(port: UInt16) throws {
        let listener = try Socket(.tcp, .ipv4)
        try listener.bind(to: Endpoint(address: .any(.ipv4), port: port))
        try listener.listen()
        self.listener = listener
        let shared = shared
        work = try BackgroundWork {
            while let guest = Self.guest(of: listener) {
                guard let address = try? guest.endpoint().address, (try? guest.receive()) != nil else { continue }
                let isFailing = shared.state.withLock { state in
                    guard state.failing.contains(address) else { return false }
                    // Before it is sent: whoever reads it may be quicker.
                    if state.failures[address] == nil { state.failures[address] = ContinuousClock.now }
                    return true
                }
                let status = isFailing ? "503 No" : "200 OK"
                let answer = "HTTP/1.1 \(status)\r\nContent-Length: 6\r\nConnection: close\r\n\r\nready\n"
                try? guest.send(Array(answer.utf8))
            }
        }
    }

    deinit {
        listener.shutDown()
        try? work.finish()
    }

    /// Lets an address answer with 503 from here on.
    public func fail(_ address: IPAddress) {
        shared.state.withLock { state in
            state.failures[address] = nil
            state.failing.insert(address)
        }
    }

    /// Lets it answer with 200 again.
    public func heal(_ address: IPAddress) {
        _ = shared.state.withLock { $0.failing.remove(address) }
    }

    /// When it first answered with 503 since it was told to; nil before.
    public func failure(of address: IPAddress) -> ContinuousClock.Instant? {
        shared.state.withLock { $0.failures[address] }
    }

    /// The next guest; nil when the listener was shut down.
    private static func guest(of listener: Socket) -> Socket? {
        while true {
            var state = pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&state, 1, -1) > 0 else { continue }
            if Int32(state.revents) & POLLHUP != 0 { return nil }
            if let guest = try? listener.accept() { return guest }
        }
    }
}
