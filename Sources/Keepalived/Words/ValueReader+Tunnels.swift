import Addresses
import IPVS

// Ways of forwarding, timeouts of the table, and sync daemons.

extension ValueReader {
    /// Reads `NAT | DR | TUN [type ipip|gue|gre] [port N] [nocsum|csum|remcsum]`.
    mutating func readForwarding() -> [ReadValue]? {
        guard let word = next() else { return nil }
        let methods: [String: ForwardingMethod] = ["NAT": .masquerade, "DR": .directRoute, "TUN": .tunnel]
        guard let method = methods[word.text] else {
            let upper = word.text.uppercased()
            findings.error(
                "\(word.text) is no way of forwarding",
                at: word,
                expected: methods[upper] == nil ? "NAT, DR or TUN" : upper
            )
            return nil
        }
        guard method == .tunnel else { return [ReadValue(value: .forwarding(method, .ipip), word: word)] }
        guard let tunnel = readTunnel() else { return nil }
        return [ReadValue(value: .forwarding(.tunnel, tunnel), word: word)]
    }

    private mutating func readTunnel() -> Tunnel? {
        var tunnel = Tunnel.ipip
        var (kindWord, portWord, sumWord): (Word?, Word?, Word?)
        while let word = words.first {
            switch word.text {
            case "type":
                words.removeFirst()
                guard let value = operand(of: word) else { return nil }
                let kinds: [String: Tunnel.Kind] = ["ipip": .ipip, "gue": .gue, "gre": .gre]
                guard let kind = kinds[value.text] else {
                    findings.error("\(value.text) is no kind of tunnel", at: value, expected: "ipip, gue or gre")
                    return nil
                }
                (tunnel.kind, kindWord) = (kind, value)
            case "port":
                words.removeFirst()
                guard let value = operand(of: word) else { return nil }
                guard let port = port(value, from: 1) else { return nil }
                (tunnel.port, portWord) = (port, value)
            case "nocsum", "csum", "remcsum":
                words.removeFirst()
                tunnel.checksum = word.text == "csum" ? .on : word.text == "remcsum" ? .remote : .off
                sumWord = word
            default:
                findings.error(
                    "\(word.text) is no option of a tunnel",
                    at: word,
                    expected: "type, port, nocsum, csum or remcsum"
                )
                return nil
            }
        }
        return isPossible(tunnel, kindWord, portWord, sumWord) ? tunnel : nil
    }

    private mutating func isPossible(_ tunnel: Tunnel, _ kind: Word?, _ port: Word?, _ sum: Word?) -> Bool {
        if tunnel.kind == .gue, port == nil {
            findings.error("a tunnel of gue needs a port", at: kind ?? keyword, expected: "type gue port N")
            return false
        }
        if tunnel.kind != .gue, let port {
            findings.error("only a tunnel of gue has a port", at: port)
            return false
        }
        if let sum, tunnel.kind == .ipip || tunnel.kind == .gre && tunnel.checksum == .remote {
            findings.error("this kind of tunnel has no \(sum.text)", at: sum)
            return false
        }
        return true
    }

    /// Reads `tcp`, `tcpfin` and `udp`, each with seconds.
    mutating func readTimeouts() -> [ReadValue]? {
        var timeouts = Timeouts(tcp: 0, tcpFin: 0, udp: 0)
        let first = words.first ?? keyword
        while let word = next() {
            guard ["tcp", "tcpfin", "udp"].contains(word.text) else {
                findings.error("\(word.text) has no timeout", at: word, expected: "tcp, tcpfin or udp")
                return nil
            }
            guard let value = operand(of: word) else { return nil }
            guard let seconds = number(value, in: 0...2_678_400).map({ UInt32(clamping: $0) }) else { return nil }
            switch word.text {
            case "tcp": timeouts.tcp = seconds
            case "tcpfin": timeouts.tcpFin = seconds
            default: timeouts.udp = seconds
            }
        }
        return [ReadValue(value: .timeouts(timeouts), word: first)]
    }

    /// Reads `IF [[inst] VRRP [[id] ID]] [id N] [maxlen N] [port N] [ttl N] [group A] [one_role]`.
    mutating func readSyncDaemon() -> [ReadValue]? {
        guard let first = words.first, let interface = readWord(.interface)?.first,
            case .text(let name) = interface.value
        else { return nil }
        var daemon = Value.DaemonWords(interface: name)
        while let word = next() {
            switch word.text {
            case "inst":
                guard let value = operand(of: word) else { return nil }
                daemon.instance = value.text
            case "id":
                guard let value = operand(of: word) else { return nil }
                guard let id = number(value, in: 0...255) else { return nil }
                daemon.syncID = UInt32(clamping: id)
            case "maxlen":
                guard let value = operand(of: word) else { return nil }
                guard let length = number(value, in: 1...65507) else { return nil }
                daemon.maximumLength = UInt16(clamping: length)
            case "port":
                guard let value = operand(of: word) else { return nil }
                guard let port = port(value, from: 1) else { return nil }
                daemon.port = port
            case "ttl":
                guard let value = operand(of: word) else { return nil }
                guard let hops = number(value, in: 1...255) else { return nil }
                daemon.timeToLive = UInt8(clamping: hops)
            case "group":
                guard let value = operand(of: word) else { return nil }
                guard let group = address(value) else { return nil }
                guard group.isMulticast else {
                    findings.error("\(group) is no multicast group", at: value)
                    return nil
                }
                daemon.group = group
            case "one_role": daemon.followsRole = true
            default:
                // The old order: the instance and its number without words before them.
                if daemon.instance == nil {
                    daemon.instance = word.text
                } else {
                    guard let id = number(word, in: 0...255) else { return nil }
                    daemon.syncID = UInt32(clamping: id)
                }
            }
        }
        return [ReadValue(value: .syncDaemon(daemon), word: first)]
    }
}
