import Addresses
import Configuration
import Dialogues
import DirectorBench
import HealthChecks
import IPVS

/// What somebody who sees all results knows of the servers, kept apart from the director's own account.
struct SimulatedVerdicts {
    /// A server behind a virtual server.
    struct Member: Hashable {
        var service: ServiceKey
        var endpoint: Endpoint
        var port: UInt16?

        init(_ virtual: VirtualServer, _ real: RealServer) {
            service = virtual.service.key
            endpoint = real.destination(in: virtual.service).endpoint
            port = real.port
        }
    }

    /// The results of one server.
    struct Record {
        var failures = 0
        var successes = 0
        var hasFailed = false
        /// Whether it failed as often as its virtual server allows, and has not risen since.
        var isDead = false
        /// Whether it succeeded as often as its virtual server wants, and has not died since.
        var isAlive = false
        var isLastUp = false
    }

    private(set) var records: [Member: Record] = [:]

    /// Forgets servers that a configuration no longer has.
    mutating func keep(_ configuration: DirectorConfiguration) {
        var members: Set<Member> = []
        for virtual in configuration.virtualServers {
            for real in virtual.realServers where real.checks.contains(where: \.probe.asks) {
                members.insert(Member(virtual, real))
            }
        }
        records = records.filter { members.contains($0.key) }
    }

    mutating func forget(_ member: Member) { records[member] = nil }

    mutating func count(_ verdict: CheckResult.Verdict, for member: Member, by check: ServerCheck) {
        var record = records[member] ?? Record()
        record.isLastUp = verdict == .up
        if verdict == .up {
            record.failures = 0
            record.successes += 1
            if !record.hasFailed || record.successes >= check.riseCount {
                (record.isAlive, record.isDead) = (true, false)
            }
        } else {
            record.hasFailed = true
            record.successes = 0
            record.failures += 1
            if record.failures >= check.failureCount { (record.isAlive, record.isDead) = (false, true) }
        }
        records[member] = record
    }

    func isDead(_ virtual: VirtualServer, _ real: RealServer) -> Bool {
        switch real.checks.first?.probe.method {
        case .alwaysDown: true
        case nil: false
        default: records[Member(virtual, real)]?.isDead ?? false
        }
    }

    func isAlive(_ virtual: VirtualServer, _ real: RealServer) -> Bool {
        switch real.checks.first?.probe.method {
        case .alwaysDown: false
        case nil: true
        default: records[Member(virtual, real)]?.isAlive ?? false
        }
    }

    /// Whether nothing speaks against giving it more weight.
    func mayRise(_ virtual: VirtualServer, _ real: RealServer) -> Bool {
        guard real.checks.contains(where: \.probe.asks) else { return isAlive(virtual, real) }
        guard let record = records[Member(virtual, real)] else { return false }
        return record.isAlive || record.isLastUp && !record.isDead
    }
}
