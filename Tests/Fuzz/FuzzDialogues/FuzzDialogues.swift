import Addresses
import Configuration
import Dialogues

/// Takes any bytes for what a server does: every dialogue must go on or end, once.
///
/// The first byte chooses the dialogue. Then follow events, a byte each; one that stands for bytes of the server is
/// followed by their number and by them.
func leadDialogue(_ bytes: [UInt8]) -> Int32 {
    var rest = bytes[...]
    guard let choice = rest.popFirst() else { return 0 }
    let negotiation = negotiations[Int(choice) % negotiations.count]
    var machine = negotiation.machine(for: server, nonce: DialogueNonce(high: 0x0001_0203_0405_0607, low: 0x0809))
    var isOver = false
    var awaited: [DialogueChannel] = []
    var isLocating = false
    func take(_ actions: [DialogueAction]) {
        for action in actions {
            precondition(!isOver, "something is done after the end")
            switch action {
            case .finish(_, _, let text):
                isOver = true
                precondition(text.unicodeScalars.allSatisfy { !$0.isControl }, "a reason has what moves a cursor")
                precondition(text.utf8.count < 2_000, "a reason is long")
            case .open(let channel, _, _, _): awaited.append(channel)
            case .startTLS: awaited.append(.main)
            case .locate: isLocating = true
            case .send, .endSending, .wait, .keepWaiting: break
            }
        }
    }
    take(machine.start())
    while !isOver {
        if !awaited.isEmpty {
            take(machine.connected(awaited.removeFirst(), local: local))
            continue
        }
        guard let event = rest.popFirst() else { break }
        if isLocating {
            isLocating = false
            take(machine.located(event & 1 == 0 ? .places([place], askerScope: .elsewhere) : .unknown("of nobody")))
            continue
        }
        let channel = event & 0x80 == 0 ? DialogueChannel.main : .data
        switch event & 0x7f {
        case 0: take(machine.ended(channel))
        case 1: take(machine.timerFired())
        default:
            let count = Int(rest.popFirst() ?? 0)
            let piece = Array(rest.prefix(count))
            rest = rest.dropFirst(count)
            take(machine.received(piece.span.bytes, on: channel))
        }
    }
    return 0
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator].contains(properties.generalCategory)
    }
}

/// How many dialogues there are to choose from.
let dialogueCount = negotiations.count

private let server = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0001)), port: 4000)
private let place = HostPlace(address: .v4(IPv4Address(value: 0x0a00_0003)), scope: .elsewhere)
private let local = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0002)), port: 40_000)
private let negotiations: [Negotiation] = {
    let credentials = Credentials(login: "check", password: "secret")
    let pattern = ContentPattern("a")
    var all: [Negotiation] = [
        Negotiation(.http(HTTPRequest(target: "/", host: "test"))),
        Negotiation(.smtp(startsTLS: true), security: TLSSettings()), Negotiation(.pop(credentials)),
        Negotiation(.imap(credentials)), Negotiation(.ftp(credentials, file: "file", pattern)), Negotiation(.nntp),
        Negotiation(.ldap(base: "dc=test", credentials, pattern)),
        Negotiation(.dns(name: "www.test", .udp, pattern)), Negotiation(.dns(name: "10.1.2.3", .tcp, nil)),
        Negotiation(.radius(credentials, secret: "testing123")),
        Negotiation(.simpleTCP(request: [0x61], pattern)), Negotiation(.sip(login: "check", .udp)),
        Negotiation(.sip(login: "check", .tcp)),
    ]
    for security in [nil, TLSSettings()] {
        all.append(Negotiation(.mysql(credentials, database: "shop", query: "SELECT 1"), security: security))
        all.append(Negotiation(.postgreSQL(credentials, database: "shop", query: "SELECT 1"), security: security))
    }
    all.append(Negotiation(.tls))
    var optional = Negotiation(.postgreSQL(credentials, database: "", query: nil), security: TLSSettings())
    optional.isSecurityOptional = true
    all.append(optional)
    all.append(Negotiation(.http(bareRequest)))
    for request in literalRequests { all.append(Negotiation(.http(request))) }
    let rule = DatagramRule(needsReply: true, beginning: DatagramRule.Mask([0x61, 0x62]), lengths: 1...100)
    all += [.smtpHello(name: "test"), .dnsStatus(name: "www.test", .text), .datagram([1], rule)].map { Negotiation($0) }
    return all
}()

/// Those whose answers are read as their bytes stand: with a pattern, with one that must not be there in a part of the
/// text, and with a digest.
private let literalRequests = {
    var requests = (0..<3).map { _ in HTTPRequest(target: "/", host: "test", by: .http11) }
    requests[0].pattern = ContentPattern("a+b$", syntax: .pcre2([]))
    var absent = ContentPattern("^a", syntax: .pcre2(ContentPattern.Options(rawValue: 1 << 23)))
    absent.isNegated = true
    absent.minOffset = 3
    absent.maxOffset = 40
    requests[1].pattern = absent
    requests[2].digest = Array(repeating: 0, count: 16)
    return requests
}()

/// One that takes what has no status line.
private let bareRequest = {
    var request = HTTPRequest(target: "*", host: "test")
    request.method = .options
    request.pattern = ContentPattern("a")
    return request
}()
