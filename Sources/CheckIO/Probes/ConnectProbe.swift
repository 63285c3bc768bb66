import Addresses
import Configuration
import Dialogues
import Glibc
import System
import Time

/// Whether a TCP connection can be opened; it is closed in good order at once.
///
/// A reset instead would leave no connection in TIME_WAIT, but takes as much time of the processor or more, and is an error
/// in the logs of many servers.
final class ConnectProbe: ProbeSession {
    private unowned let runner: ProbeRunner
    private let slot: UInt32
    private let target: Endpoint
    private let origin: ProbeOrigin?
    private let timeout: Duration
    private var descriptor: Int32 = -1
    private var generation: UInt32 = 0

    init(_ runner: ProbeRunner, slot: UInt32, target: Endpoint, from origin: ProbeOrigin?, timeout: Duration) {
        self.runner = runner
        self.slot = slot
        self.target = target
        self.origin = origin
        self.timeout = timeout
    }

    func begin() {
        do throws(SystemFailure) {
            let (descriptor, isConnected) = try NetworkSocket.connect(
                to: target,
                for: .stream,
                from: runner.socketOrigin(origin)
            )
            self.descriptor = descriptor
            if isConnected { return connected() }
            generation = try runner.watch(descriptor, for: [.writable, .edges], slot: slot, channel: 0)
        } catch {
            abandon()
            runner.finish(slot, .down, error.layer, text: error.message(from: origin))
        }
    }

    func ready(_ channel: Int, generation: UInt32, _ readiness: Readiness) {
        guard generation == self.generation, descriptor >= 0 else { return }
        let hasFailed = !readiness.isDisjoint(with: [.failed, .hungUp])
        let number = hasFailed ? NetworkSocket.error(of: descriptor) : 0
        switch number {
        // A reset before there is a connection is a refusal. These tell of a connection that the server has ended since,
        // with `EPIPE` after the end of what it sends; that there was one is all that is asked for.
        case 0, ECONNRESET, EPIPE: connected()
        default: finish(number)
        }
    }

    private func connected() {
        finish(NetworkSocket.isItsOwnPeer(descriptor, target) ? ECONNREFUSED : 0)
    }

    private func finish(_ number: Int32) {
        abandon()
        if number == 0 {
            runner.finish(slot, .up, .transport(.passed), text: "")
        } else {
            let failure = SystemFailure(call: "connect", number: number)
            runner.finish(slot, .down, failure.layer, text: failure.message)
        }
    }

    func wakened() {}

    func abandon() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    var lateness: (layer: CheckLayer, text: String) {
        (.transport(.timeout), "no connection within \(timeout.shortText)")
    }
}
