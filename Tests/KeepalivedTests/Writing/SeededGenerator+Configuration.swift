import Addresses
import Configuration
import IPVS
import TestKit

// Random configurations, of all that `keepalived.conf` can say.

extension SeededGenerator {
    mutating func keepalivedConfiguration() -> DirectorConfiguration {
        var configuration = DirectorConfiguration()
        configuration.process.log = .syslog(facility: "daemon")
        if once(in: 2) { configuration.process.mailSender = "lb \(text())" }
        if once(in: 3) { configuration.process.mailGreeting = text() }
        if once(in: 3) { configuration.process.mailTimeout = .seconds(number(1...4294)) }
        if once(in: 3) { configuration.process.refusesUnsafePrograms = true }
        if once(in: 3) {
            configuration.settings.timeouts = Timeouts(
                tcp: UInt32(number(1...1000)),
                tcpFin: UInt32(number(1...1000)),
                udp: UInt32(number(1...1000))
            )
        }
        configuration.settings.emptiesTableAtStart = once(in: 3)
        configuration.settings.emptiesTableAtStop = once(in: 3)
        if once(in: 3) {
            var pipe = EventPipe(path: "/run/\(text())")
            if once(in: 2) { pipe.user = "nobody" }
            if once(in: 2) { pipe.reader = program() }
            configuration.process.pipes = [pipe]
        }
        if once(in: 3) {
            let patience = Duration.seconds(number(1...1000))
            configuration.process.startProgram = AwaitedProgram(program(), patience: patience)
        }
        if once(in: 3) { configuration.process.stopProgram = AwaitedProgram(program(), patience: .seconds(10)) }
        var mail: MailAlert?
        if once(in: 2) {
            var alert = MailAlert(recipients: ["a@example.net", text()], mailServer: "127.0.0.1")
            alert.mailServerPort = UInt16(number(1...65535))
            alert.tellsEachCheck = once(in: 2)
            alert.label = text()
            mail = alert
        }
        let patience = Duration.seconds(number(0...60))
        let mailTimeout = configuration.process.mailTimeout ?? .seconds(30)
        configuration.process.stopPatience = mail == nil ? patience : max(patience, mailTimeout)
        configuration.process.usesPIDFolder = once(in: 3)
        configuration.process.namesDumps = once(in: 3)
        if once(in: 3) { configuration.process.instance = "lb\(number(1...9))" }
        if once(in: 3) { configuration.process.networkNamespace = "blue" }
        if once(in: 3) { configuration.process.reloadMark = "/run/\(number(1...9)).reload" }
        if once(in: 3) {
            configuration.process.reloadSchedule = ReloadSchedule(path: "/run/reload.at", isDaily: once(in: 2))
        }
        for index in 0..<number(1...4) {
            var pool = pool(index)
            pool.tellsTurns = true
            pool.mail = mail
            configuration.virtualServers.append(pool)
        }
        return configuration
    }

    private mutating func pool(_ index: Int) -> VirtualServer {
        let family: AddressFamily = once(in: 2) ? .ipv4 : .ipv6
        let transports: [TransportProtocol] = [.tcp, .udp, .sctp]
        let transport = transports[number(0...2)]
        let address = own(family, 256 * (index + 1) + number(0...250))
        let port = UInt16(number(1...65535))
        var label = "[\(address)]:\(transport.name ?? ""):\(port)"
        var keys: [ServiceKey] = [.endpoint(transport, Endpoint(address: address, port: port))]
        switch number(0...3) {
        case 0:
            let mark = UInt32(number(1...1000) + 1000 * index)
            keys = [.mark(mark, family)]
            label = "FWM \(mark)"
        case 1:
            label = "[group \(index)]:0"
            keys += (0..<number(0...5)).map {
                .endpoint(
                    transport,
                    Endpoint(address: own(family, 256 * (index + 1) + 250 + $0 * number(1...3) + 1), port: port)
                )
            }
            var known: Set<ServiceKey> = []
            keys = keys.filter { known.insert($0).inserted }
            if once(in: 2) { keys.append(.mark(UInt32(5000 + index), family)) }
        default: break
        }
        let scheduler = ["rr", "wrr", "sh", "mh", "wlc"][number(0...4)]
        let flags = SchedulerFlags(rawValue: UInt8(number(0...7)))
        let isOnePacket = keys.allSatisfy { $0.transport == nil || $0.transport == .udp } && once(in: 3)
        let persistence =
            once(in: 2) ? Persistence(timeout: UInt32(number(1...2_678_400)), netmask: .host(family)) : nil
        let services = keys.map {
            VirtualService(
                key: $0,
                scheduler: scheduler,
                schedulerFlags: flags,
                persistence: persistence,
                persistenceEngine: persistence == nil ? nil : "sip",
                isOnePacket: isOnePacket
            )
        }
        var pool = VirtualServer(service: services[0], and: Array(services.dropFirst()))
        pool.label = label
        pool.reconciliation = .repair
        pool.tellsStop = once(in: 3)
        pool.isQuorumMailed = once(in: 2)
        if once(in: 3) { pool.notices.up = program() }
        if once(in: 3) { pool.notices.down = program() }
        let isGroup = label.hasPrefix("[group")
        pool.realServers = (0..<number(1...3)).map { server(family, $0, pool.services, isOfGroup: isGroup) }
        let total = pool.realServers.reduce(0) { $0 + Int($1.weight) }
        pool.quorum.weight = UInt32(number(1...max(1, total)))
        pool.quorum.hysteresis = UInt32(number(0...Int(pool.quorum.weight) - 1))
        if once(in: 3), case .endpoint = keys[0] {
            for service in pool.services {
                if case .endpoint(_, let endpoint) = service.key { pool.neededAddresses.insert(endpoint.address) }
            }
        }
        if once(in: 3) {
            var standby = RealServer(address: server(family, 0), port: port, forwarding: .masquerade)
            if once(in: 2) { (standby.forwarding, standby.tunnel) = way() }
            if standby.forwarding != .masquerade, keys.contains(where: { $0.transport == nil }) { standby.port = nil }
            pool.standby = Standby(standby)
            pool.standby?.staysWithoutWeight = once(in: 2)
        }
        return pool
    }

    private mutating func server(
        _ family: AddressFamily,
        _ index: Int,
        _ services: [VirtualService],
        isOfGroup: Bool
    ) -> RealServer {
        let address = server(family, index + 1)
        var server = RealServer(address: address, port: UInt16(number(1...65535)))
        (server.forwarding, server.tunnel) = way()
        let hasMark = services.contains { $0.key.transport == nil }
        if isOfGroup, server.forwarding != .masquerade { server.namedPort = server.port }
        if hasMark, server.forwarding != .masquerade { server.port = nil }
        server.weight = Int32(number(0...100))
        if once(in: 3) {
            server.upperThreshold = UInt32(number(1...1000))
            server.lowerThreshold = UInt32(number(0...Int(server.upperThreshold)))
        }
        server.whenDown = once(in: 2) ? .removed : .quiesced
        server.tellsFirstSuccess = once(in: 2)
        server.isMailed = once(in: 2)
        if once(in: 3) { server.notices.up = program() }
        if once(in: 3) { server.notices.down = program() }
        let port: UInt16 = server.port ?? server.namedPort ?? services.first(where: { $0.key.port != 0 })?.key.port ?? 0
        server.checks = (0..<number(0...3)).map { _ in check(address, port) }
        return server
    }

    private mutating func check(_ address: IPAddress, _ port: UInt16) -> ServerCheck {
        if once(in: 6) { return fileCheck(Endpoint(address: address, port: port)) }
        var pace = Pace(interval: time())
        pace.afterFailure = time()
        pace.spread = time()
        pace.isFromEnd = true
        var weight = WeightRule.none
        var target = Endpoint(
            address: once(in: 4) ? server(address.family, 99) : address,
            port: UInt16(number(1...65535))
        )
        var timeout = time()
        let method: HealthCheck.Method
        switch number(0...7) {
        case 0: method = .connect
        case 1: method = .echo(bytes: 128)
        case 2: method = .negotiate(Negotiation(.smtpHello(name: text())))
        case 3:
            let type = DNSRecordType.allCases[number(0...DNSRecordType.allCases.count - 1)]
            method = .negotiate(Negotiation(.dnsStatus(name: "name.example", type)))
        case 4:
            var rule = DatagramRule(lengths: 0...65535)
            if once(in: 2) {
                let bytes = (0..<number(1...5)).map { _ in UInt8(number(0...255)) }
                rule = DatagramRule(needsReply: true, lengths: number(0...10)...number(10...500))
                rule.beginning = DatagramRule.Mask(
                    bytes,
                    significant: bytes.map { _ in [0xff, 0xf0, 0x0f][number(0...2)] }
                )
            }
            method = .negotiate(Negotiation(.datagram((0..<number(1...9)).map { _ in UInt8(number(0...254)) }, rule)))
        case 5:
            var external = ExternalCheck(program: "/bin/check", arguments: words())
            external.grace = .seconds(2)
            if once(in: 2) {
                external.failingStatuses = 1...1
                weight = .exitStatus(minus: 2)
            }
            method = .external(external)
            timeout = .seconds(number(1...100))
            pace.isFromEnd = false
            // Its arguments say where it goes.
            target = Endpoint(address: address, port: port)
        default: method = .negotiate(page(target))
        }
        var check = ServerCheck(HealthCheck(method: method, target: target, timeout: timeout), pace: pace)
        check.failureCount = number(1...9)
        check.tellsEachFailure = once(in: 2)
        check.weightRule = weight
        if case .external = method { return check }
        if once(in: 4) {
            check.probe.origin = ProbeOrigin(
                address: server(target.address.family, 200),
                port: UInt16(number(1...65535))
            )
            if once(in: 2) { check.probe.origin?.interface = "eth0" }
            if once(in: 2) { check.probe.origin?.mark = UInt32(number(1...1000)) }
        }
        return check
    }

    private mutating func fileCheck(_ target: Endpoint) -> ServerCheck {
        var file = TrackedFile("/run/\(text())")
        if once(in: 2) { file.beginning = .init(value: Int32(number(-9...9)), overwrites: once(in: 2)) }
        let probe = HealthCheck(method: .file(file), target: target, timeout: .seconds(5))
        var check = ServerCheck(probe, pace: Pace(interval: .seconds(60)))
        check.tellsEachFailure = false
        check.weightRule =
            once(in: 2)
            ? .gate(opensAtZero: once(in: 2)) : .share(perUnit: Int32(number(1...254) * (once(in: 2) ? 1 : -1)))
        return check
    }

    private mutating func page(_ target: Endpoint) -> Negotiation {
        let host = once(in: 3) ? target.description : "www.example.net"
        let version = HTTPRequest.Version.allCases[number(0...2)]
        var request = HTTPRequest(target: "/\(text())", host: host, by: version)
        if once(in: 2) { request.statuses = HTTPStatusSet([200...UInt16(number(200...299)), 404...404]) }
        if once(in: 3) { request.digest = (0..<16).map { _ in UInt8(number(0...255)) } }
        if once(in: 2) {
            let sources = ["a\\d+b{2} \"q\" 'x' # !", "^\\$NAME \\${2}\\\\", "\t[[:alpha:]]$", "é|ü"]
            var pattern = ContentPattern(
                sources[number(0...sources.count - 1)],
                syntax: .pcre2(once(in: 2) ? [] : .init(rawValue: 1 << 5))
            )
            pattern.isNegated = once(in: 2)
            if once(in: 2) { (pattern.minOffset, pattern.maxOffset) = (number(1...50), number(51...100)) }
            request.pattern = pattern
        }
        guard once(in: 2) else { return Negotiation(.http(request)) }
        var settings = TLSSettings()
        if host != target.description, once(in: 2) { settings.serverName = host }
        settings.identity = nil
        return Negotiation(.http(request), security: settings)
    }

    private mutating func way() -> (ForwardingMethod, Tunnel) {
        switch number(0...4) {
        case 0: (.masquerade, .ipip)
        case 1: (.directRoute, .ipip)
        case 2: (.tunnel, .ipip)
        case 3: (.tunnel, Tunnel(kind: .gue, port: UInt16(number(1...65535)), checksum: once(in: 2) ? .remote : .off))
        default: (.tunnel, Tunnel(kind: .gre, checksum: once(in: 2) ? .on : .off))
        }
    }

    private mutating func program() -> NoticeProgram {
        var program = NoticeProgram(.words(["/bin/tell"] + words()), user: once(in: 2) ? "nobody" : nil)
        if program.user != nil, once(in: 2) { program.group = "nogroup" }
        return program
    }

    private mutating func words() -> [String] {
        let all = [
            "up", "two words", "", "a\"b", "it's", "back\\slash", "$HOME", "{x}", "#!", "é", "tab\there", "${A}",
        ]
        return (0..<number(0...3)).map { _ in all[number(0...all.count - 1)] }
    }

    /// A text without the few signs that cannot be said.
    private mutating func text() -> String {
        ["name", "two words", "{brace}", "#sign!", "it's", "$HOME", "~SEQ", "a,b", "é"][number(0...8)]
    }

    private mutating func time() -> Duration {
        once(in: 2) ? .seconds(number(1...100)) : .microseconds(number(1000...90_000_000))
    }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    private func own(_ family: AddressFamily, _ number: Int) -> IPAddress { address(family, 0x0a09_0000, number) }

    private func server(_ family: AddressFamily, _ number: Int) -> IPAddress { address(family, 0x0a0a_0000, number) }

    private func address(_ family: AddressFamily, _ network: UInt32, _ number: Int) -> IPAddress {
        switch family {
        case .ipv4: .v4(IPv4Address(value: network + UInt32(number)))
        case .ipv6: .v6(IPv6Address(high: 0xfd00_0009 << 32, low: UInt64(network) << 16 + UInt64(number)))
        }
    }
}
