package import Addresses
package import Dialogues
import Glibc
import System

/// Tells probes where the hosts are that redirects name: has names looked up by other threads, and keeps what was found.
final class HostLocator {
    /// A probe that waits for a name.
    private struct Waiting {
        var generation: UInt32
        var question: HostQuestion
    }

    /// The services of this director.
    var services = ServedAddresses()
    /// Tells which addresses are this machine's own.
    var isLocal: LocalQuestion = { _ in nil }
    /// Looks names up; nil where there is nobody who does.
    var lookUp: HostLookup?

    private unowned let runner: ProbeRunner
    private var cache = HostCache()
    /// The probes that wait for a name, by their slots.
    private var waiting: [String: [UInt32: Waiting]] = [:]

    init(_ runner: ProbeRunner) {
        self.runner = runner
    }

    /// The answer to a question of the probe in a slot; nil where it is told later.
    func answer(_ question: HostQuestion, slot: UInt32) -> HostAnswer? {
        if let literal = IPAddress(question.host) { return places([literal], question) }
        guard lookUp != nil else { return .unknown("and names are not looked up here") }
        switch cache.ask(question.host, for: question.server, at: runner.loop.now) {
        case .known(let addresses, let refreshes):
            if refreshes { begin(question.host) }
            return places(addresses, question)
        case .unknown(let text): return Self.unknown(text)
        case .refused(let text): return .unknown(text)
        case .busy(let text): return .unasked(text)
        case .wait(let asks):
            let entry = Waiting(generation: runner.generation(of: slot), question: question)
            waiting[question.host, default: [:]][slot] = entry
            if asks { begin(question.host) }
            return nil
        }
    }

    private static func unknown(_ text: String) -> HostAnswer { .unknown("whose host is not found: \(text)") }

    private func begin(_ name: String) {
        lookUp?(name) { [weak self] outcome in self?.lookedUp(name, outcome) }
    }

    private func lookedUp(_ name: String, _ outcome: Result<[IPAddress], HostCache.Failure>?) {
        cache.lookedUp(name, outcome, at: runner.loop.now)
        guard let probes = waiting.removeValue(forKey: name) else { return }
        for (slot, entry) in probes.sorted(by: { $0.key < $1.key }) {
            guard let probe = runner.probe(in: slot, generation: entry.generation) as? DialogueProbe else { continue }
            let answer: HostAnswer =
                switch outcome {
                case .success(let addresses)?: places(addresses, entry.question)
                case .failure(let failure)?: Self.unknown(failure.text)
                case nil: .unasked("there is no thread to look names up")
                }
            probe.located(answer)
        }
    }

    private func places(_ addresses: [IPAddress], _ question: HostQuestion) -> HostAnswer {
        guard !addresses.isEmpty else { return Self.unknown("an answer without an address") }
        func scope(of address: IPAddress) -> AddressScope {
            if let scope = AddressScope(address) { return scope }
            // An address that the kernel tells nothing of may be the machine's own.
            return isLocal(address) ?? true ? .thisMachine : .elsewhere
        }
        let places = addresses.prefix(HostCache.addressesAtMost).map { address in
            let address = address.withoutMapping
            let service = services.service(
                at: Endpoint(address: address, port: question.port),
                for: question.server
            )
            return HostPlace(address: address, scope: scope(of: address), service: service)
        }
        return .places(places, askerScope: scope(of: question.asker.withoutMapping))
    }
}

/// Looks a name up by another thread, and tells its addresses in a turn of the loop; nil where that could not be begun.
package typealias HostLookup = (
    _ name: String,
    _ then: @escaping (Result<[IPAddress], HostCache.Failure>?) -> Void
) -> Void

/// Whether what is sent to an address is delivered to this machine; nil where that cannot be told.
package typealias LocalQuestion = (IPAddress) -> Bool?

extension IPAddress {
    /// The IPv4 address that this one stands for, if it does.
    fileprivate var withoutMapping: IPAddress {
        guard case .v6(let address) = self, let mapped = address.mappedIPv4 else { return self }
        return .v4(mapped)
    }
}
