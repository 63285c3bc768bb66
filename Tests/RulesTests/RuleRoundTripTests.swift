import Addresses
import IPVS
import TestKit
import Testing

@testable import Rules

struct RuleRoundTripTests {
    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 1, 2, 3])
    func readingBackWhatWasWrittenGivesTheSameValues(seed: UInt64) throws {
        var random = RuleGenerator(seed: seed)
        var changes: [Change] = []
        for _ in 0..<3000 { changes.append(random.change()) }
        var bytes: [UInt8] = []
        RuleWriter().write(Changeset(changes), to: &bytes)
        let script = RestoreScript(RestoreInput(bytes, name: "seed \(seed)"), names: NamesOfTests())
        let read = script.map { step -> Change? in
            guard case .success(.change(let change)) = step.command else { return nil }
            return change
        }
        #expect(read.count == changes.count, "seed \(seed)")
        for (wanted, found) in zip(changes, read) where wanted != found {
            Issue.record("seed \(seed): \(RuleWriter().text(of: wanted)) is read as \(String(describing: found))")
        }
    }
}

extension RuleRoundTripTests {
    /// Lines near those that are read without the parser of command lines: one byte is another, is gone, or came in.
    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 1, 2])
    func plainRulesMeanWhatTheParserTakesThemFor(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("-AaEtugmirwsx 0123456789.:[]fwlcrr#\t\r=".utf8)
        let parser = CommandParser(names: NamesOfTests(), context: .restore)
        var plain = 0
        for _ in 0..<20_000 {
            var line = Array(Self.rule(using: &random).utf8)
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let place = Int.random(in: 0..<line.count, using: &random)
                let byte = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                switch Int.random(in: 0..<3, using: &random) {
                case 0: line[place] = byte
                case 1: line.remove(at: place)
                default: line.insert(byte, at: place)
                }
            }
            guard let change = PlainRule.change(on: line[...]) else { continue }
            plain += 1
            let text = String(decoding: line, as: UTF8.self)
            let words = text.split(separator: " ").map(String.init)
            #expect(try parser.parse(words).command == .change(change), "seed \(seed): \(text)")
        }
        #expect(plain > 5000, "seed \(seed)")
    }

    private static func rule(using random: inout SeededGenerator) -> String {
        func number(_ most: Int) -> String { String(Int.random(in: 0...most, using: &random)) }
        let port = number(65535)
        func endpoint() -> String {
            let ownPort = Bool.random(using: &random) ? port : number(65535)
            return "\(number(255)).\(number(255)).\(number(255)).\(number(255)):\(ownPort)"
        }
        let key = "-\(Bool.random(using: &random) ? "t" : "u") \(endpoint())"
        if Bool.random(using: &random) { return "-A \(key) -s \(Bool.random(using: &random) ? "wlc" : "rr")" }
        return "-a \(key) -r \(endpoint()) -\(Bool.random(using: &random) ? "m" : "g") -w \(number(65535))"
    }
}

/// Makes every kind of change that the language can say.
private struct RuleGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func change() -> Change {
        let key = key()
        switch below(11) {
        case 0: return .addService(service(key))
        case 1: return .editService(service(key))
        case 2: return .deleteService(key)
        case 3, 4: return .addDestination(destination(key), to: key)
        case 5: return .editDestination(destination(key), of: key)
        case 6: return .deleteDestination(Endpoint(address: address(family()), port: port()), of: key)
        case 7: return .zero(below(2) == 0 ? nil : zeroable(key))
        case 8: return .setTimeouts(Timeouts(tcp: number(2_678_400), tcpFin: number(2_678_400), udp: number(9)))
        case 9: return .startDaemon(daemon())
        default: return below(2) == 0 ? .flush : .stopDaemon(below(2) == 0 ? .master : .backup)
        }
    }

    private mutating func key() -> ServiceKey {
        let transports = [TransportProtocol.tcp, .udp, .sctp]
        if below(4) == 0 { return .mark(number(.max - 1) + 1, family()) }
        return .endpoint(transports[below(3)], Endpoint(address: address(family()), port: port()))
    }

    private func zeroable(_ key: ServiceKey) -> ServiceKey? {
        guard case .endpoint(_, let endpoint) = key, endpoint.address.isAny, endpoint.port == 0 else { return key }
        return nil
    }

    private mutating func service(_ key: ServiceKey) -> VirtualService {
        let isPersistent = below(2) == 0 || key.transport != nil && key.port == 0
        let netmask: Netmask =
            switch (below(2), key.family) {
            case (0, let family): .host(family)
            case (_, .ipv4): .ipv4(IPv4Address(value: number(.max)))
            case (_, .ipv6): .ipv6(prefixLength: number(127) + 1)
            }
        return VirtualService(
            key: key,
            scheduler: ["rr", "wlc", "sh", "mh", "twos", "a-fifteen-bytes"][below(6)],
            schedulerFlags: SchedulerFlags(rawValue: UInt8(below(8))),
            persistence: isPersistent ? Persistence(timeout: number(2_678_399) + 1, netmask: netmask) : nil,
            persistenceEngine: below(3) == 0 ? "sip" : nil,
            isOnePacket: (key.transport ?? .udp) == .udp && below(2) == 0
        )
    }

    private mutating func destination(_ key: ServiceKey) -> Destination {
        let forwarding = [ForwardingMethod.masquerade, .tunnel, .directRoute][below(3)]
        let family = forwarding == .tunnel ? family() : key.family
        let hasOwnPort = forwarding == .masquerade || key.transport == nil
        let checksums = [Tunnel.Checksum.off, .on, .remote]
        let tunnel: Tunnel =
            switch below(3) {
            case 0: Tunnel(kind: .gre, checksum: checksums[below(2)])
            case 1: Tunnel(kind: .gue, port: UInt16(1 + below(65535)), checksum: checksums[below(3)])
            default: .ipip
            }
        return Destination(
            endpoint: Endpoint(address: address(family), port: hasOwnPort ? port() : key.port),
            forwarding: forwarding,
            weight: Int32(bitPattern: number(UInt32(Int32.max))),
            upperThreshold: number(UInt32(Int32.max)),
            lowerThreshold: number(UInt32(Int32.max)),
            tunnel: forwarding == .tunnel ? tunnel : .ipip
        )
    }

    private mutating func daemon() -> SyncDaemon {
        let groups = [nil, "224.0.0.81", "239.255.255.255", "ff02::81"].map { $0.flatMap { IPAddress($0) } }
        return SyncDaemon(
            role: below(2) == 0 ? .master : .backup,
            interface: ["eth0", "lo", "a-long-iface.42"][below(3)],
            syncID: number(255),
            maximumLength: below(2) == 0 ? nil : UInt16(1 + below(65507)),
            group: groups[below(4)],
            port: below(2) == 0 ? nil : UInt16(1 + below(65535)),
            timeToLive: below(2) == 0 ? nil : UInt8(1 + below(255))
        )
    }

    private mutating func family() -> AddressFamily { below(2) == 0 ? .ipv4 : .ipv6 }

    private mutating func port() -> UInt16 { UInt16(truncatingIfNeeded: number(65535)) }

    private mutating func address(_ family: AddressFamily) -> IPAddress {
        switch family {
        case .ipv4: .v4(IPv4Address(value: number(.max)))
        case .ipv6:
            below(3) == 0
                ? .v6(IPv6Address(high: 0, low: UInt64(number(.max)) | UInt64(below(3)) << 32))
                : .v6(IPv6Address(high: next() & 0xffff_0000_ffff_ffff, low: next() >> UInt64(below(64))))
        }
    }

    /// A number up to `limit`, often one at an end of the range.
    private mutating func number(_ limit: UInt32) -> UInt32 {
        switch below(6) {
        case 0: 0
        case 1: limit
        case 2: min(limit, 1)
        default: UInt32(truncatingIfNeeded: next() % (UInt64(limit) + 1))
        }
    }

    private mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }

    /// The next number of the sequence SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
