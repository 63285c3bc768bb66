import Addresses
import Configuration
import HealthChecks
import IPVS
import TestKit

/// Random servers with their checks.
///
/// Each machine can be asked three questions, one at each of three ports; pools that ask the same one share the check.
enum SimulatedServer {
    static let addresses = (1...6).map { Example.endpoint("10.2.0.\($0)", 8080).address }
    static let standbyAddress = Example.endpoint("10.2.0.99", 8080).address
    static let questionPorts: [UInt16] = [8080, 8081, 8082]
    /// All questions that there are.
    static let questions = addresses.flatMap { address in
        questionPorts.map { Endpoint(address: address, port: $0) }
    }

    /// The files whose numbers count.
    static let files = ["/run/load", "/run/drain", "/run/spare"]
    static let numbers: [Int32] = [0, 0, 1, 3, -4, .min, .max]

    static func any(_ address: IPAddress, port: UInt16 = 8080, _ chance: inout SimulatedChance) -> RealServer {
        let isRouted = chance.happens(400)
        var server = RealServer(
            address: address,
            port: port == 8080 && chance.happens(100) ? nil : port,
            forwarding: isRouted ? .directRoute : .masquerade,
            weight: weight(&chance)
        )
        server.whenDown = chance.happens(500) ? .quiesced : .removed
        server.checks = checks(of: address, &chance)
        // The same for all servers of a machine, so that nobody's first success is news under one configuration alone.
        server.tellsFirstSuccess = address != addresses[0] && address != addresses[1]
        if chance.happens(200) { (server.upperThreshold, server.lowerThreshold) = (10, 5) }
        return server
    }

    /// Changes something of a server that stays what it is.
    static func change(_ server: inout RealServer, _ chance: inout SimulatedChance) {
        let other = any(server.address, port: server.port ?? 8080, &chance)
        switch chance.number(0...6) {
        case 0: server.weight = other.weight
        case 1: server.whenDown = other.whenDown
        case 2: server.forwarding = other.forwarding
        case 3: server.checks = other.checks
        case 4: server.checks = chance.shuffled(server.checks)
        case 5:
            if server.checks.isEmpty || chance.happens(500) {
                server.checks.insert(check(of: server.address, at: questionPorts[2], &chance), at: 0)
            } else {
                server.checks.remove(at: chance.number(0...server.checks.count - 1))
            }
        default:
            for index in server.checks.indices where chance.happens(500) {
                guard server.checks[index].probe.isProbed else {
                    if server.checks[index].probe.asks { server.checks[index].weightRule = fileRule(&chance) }
                    continue
                }
                server.checks[index].failureCount = chance.number(1...3)
                server.checks[index].riseCount = chance.number(1...3)
                if chance.happens(300) { server.checks[index].weightRule = weightRule(&chance) }
            }
        }
        tidy(&server.checks)
    }

    /// A number that decides by itself, whenever it is another one.
    private static func fileCheck(of address: IPAddress, _ chance: inout SimulatedChance) -> ServerCheck {
        let file = TrackedFile(chance.one(of: files, or: files[0]))
        let target = Endpoint(address: address, port: 80)
        let probe = HealthCheck(method: .file(file), target: target, timeout: .seconds(1))
        var check = ServerCheck(probe, pace: Pace(interval: .seconds(60)))
        (check.weightRule, check.tellsEachFailure) = (fileRule(&chance), false)
        return check
    }

    /// Leaves out questions that are asked twice, and lets one program alone tell the weight: several would change it for ever.
    private static func tidy(_ checks: inout [ServerCheck]) {
        var seen: Set<HealthCheck> = []
        checks.removeAll { !seen.insert($0.probe).inserted }
        var isTold = false
        for index in checks.indices {
            guard case .exitStatus = checks[index].weightRule else { continue }
            if isTold { checks[index].weightRule = .none }
            isTold = true
        }
    }

    private static func weight(_ chance: inout SimulatedChance) -> Int32 {
        chance.happens(60) ? 0 : Int32(chance.number(1...5))
    }

    private static func checks(of address: IPAddress, _ chance: inout SimulatedChance) -> [ServerCheck] {
        let count = chance.one(of: [0, 1, 1, 1, 1, 1, 1, 2, 2, 3], or: 1)
        var checks = chance.shuffled(questionPorts).prefix(count).map { check(of: address, at: $0, &chance) }
        if chance.happens(150) { checks.append(fileCheck(of: address, &chance)) }
        tidy(&checks)
        return checks
    }

    private static func check(
        of address: IPAddress,
        at port: UInt16,
        _ chance: inout SimulatedChance
    ) -> ServerCheck {
        var method = HealthCheck.Method.connect
        var rule = WeightRule.none
        if chance.happens(250) {
            var program = ExternalCheck(program: "/bin/weigh", arguments: ["\(port)"])
            program.failingStatuses = 1...1
            method = .external(program)
            rule = weightRule(&chance)
        } else if chance.happens(30) {
            method = .alwaysDown
        }
        let target = Endpoint(address: address, port: port)
        let probe = HealthCheck(method: method, target: target, timeout: .seconds(chance.number(1...2)))
        var pace = Pace(interval: .seconds(chance.one(of: [2, 5, 10], or: 5)))
        if chance.happens(300) { pace.afterFailure = .seconds(1) }
        if chance.happens(300) { pace.spread = .seconds(chance.number(0...2)) }
        pace.isFromEnd = chance.happens(300)
        var check = ServerCheck(probe, pace: pace)
        (check.failureCount, check.riseCount) = (chance.number(1...3), chance.number(1...3))
        (check.weightRule, check.tellsEachFailure) = (rule, chance.happens(800))
        return check
    }

    private static func fileRule(_ chance: inout SimulatedChance) -> WeightRule {
        chance.one(
            of: [.share(perUnit: 2), .share(perUnit: -1), .gate(opensAtZero: true), .gate(opensAtZero: false)],
            or: .share(perUnit: .max)
        )
    }

    private static func weightRule(_ chance: inout SimulatedChance) -> WeightRule {
        chance.one(
            of: [.none, .exitStatus(minus: 2), .exitStatus(minus: 2), .share(perUnit: 2)],
            or: .share(perUnit: -1)
        )
    }
}
