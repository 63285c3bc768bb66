import Addresses
import Configuration
import Dialogues
import Glibc
import System
import Time

/// Whether an ICMP echo is answered: asked up to so many times, evenly within the time.
final class EchoProbe: ProbeSession {
    /// Where its packets come from.
    var origin: ProbeOrigin?

    private unowned let runner: ProbeRunner
    private let slot: UInt32
    private let address: IPAddress
    private let attempts: Int
    private let dataCount: Int
    private let timeout: Duration
    private var sent = 0
    private var socket: EchoSocket?

    /// - Parameter bytes: how many bytes of data a request has.
    init(
        _ runner: ProbeRunner,
        slot: UInt32,
        address: IPAddress,
        attempts: Int,
        bytes: Int = EchoPacket.usualData,
        timeout: Duration
    ) {
        self.runner = runner
        self.slot = slot
        self.address = address
        self.attempts = max(attempts, 1)
        dataCount = bytes
        self.timeout = timeout
    }

    func begin() {
        ask()
    }

    func wakened() {
        ask()
    }

    private func ask() {
        do throws(SystemFailure) {
            if socket == nil { socket = try runner.echoSocket(for: address, from: origin) }
            try socket?.send(
                to: address,
                slot: slot,
                sequence: UInt16(truncatingIfNeeded: sent),
                bytes: dataCount
            )
        } catch {
            var layer = error.layer
            if case .transport(let outcome) = layer { layer = .echo(outcome) }
            return runner.finish(slot, .down, layer, text: "echo request: \(error.message(from: origin))")
        }
        sent += 1
        if sent < attempts { runner.wake(slot, at: runner.loop.now + timeout / attempts) }
    }

    /// A reply to a request of this probe has come.
    func answered(from source: IPAddress) {
        guard source == address else { return }
        runner.finish(slot, .up, .echo(.passed), text: "")
    }

    func ready(_ channel: Int, generation: UInt32, _ readiness: Readiness) {}

    func abandon() {}

    var lateness: (layer: CheckLayer, text: String) {
        let requests = sent == 1 ? "an echo request" : "\(sent) echo requests"
        return (.echo(.timeout), "no reply to \(requests) within \(timeout.shortText)")
    }
}
