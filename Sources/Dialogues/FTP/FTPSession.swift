import Addresses
import Configuration

/// What is said on the control connection of FTP.
struct FTPSession: Sendable {
    typealias Step = ReplyScript<NumberedReplyReader>.Step
    typealias Move = ReplyScript<NumberedReplyReader>.Move

    /// Who logs in.
    let credentials: Credentials
    /// The server's address, to which the data connection goes as well.
    let address: IPAddress
    /// Whether a file is retrieved.
    let retrieves: Bool
    /// Whether something must be found in the file.
    let searches: Bool

    /// A step that goes on by the replies that `next` knows, and fails by every other one.
    private static func step(
        _ awaited: String,
        _ command: String? = nil,
        next: @escaping @Sendable (NumberedReply) -> Move?
    ) -> Step {
        Step(awaited, command) { reply in
            // The server may end the session at any time.
            let move = reply.code == 421 ? nil : next(reply)
            return move ?? .fail(reply.layer, reply.text)
        }
    }

    var greeting: Step {
        Self.step("the greeting") { reply in
            switch reply.code {
            case 100...199: .stay
            case 200...299: .go(user)
            default: nil
            }
        }
    }

    private var user: Step {
        Self.step("the answer to USER", "USER \(credentials.login)") { reply in
            reply.code == 331 ? .go(password) : afterLogin(reply)
        }
    }

    private var password: Step {
        Self.step("the answer to PASS", "PASS \(credentials.password)", next: afterLogin)
    }

    private func afterLogin(_ reply: NumberedReply) -> Move? {
        switch reply.code {
        case 200...299 where retrieves: .go(type)
        case 200...299 where searches:
            .fail(.dialogue(.mismatch), "\(reply.text), but no file is named that could match")
        case 200...299: .pass(reply.text)
        case 332: .refuse(.dialogue(.authentication), "an account is asked for: \(reply.text)")
        case 430, 530: .refuse(.dialogue(.authentication), reply.text)
        default: nil
        }
    }

    private var type: Step {
        Self.step("the answer to TYPE", "TYPE I") { $0.isCompletion ? .go(extendedPassive) : nil }
    }

    private var extendedPassive: Step {
        Self.step("the answer to EPSV", "EPSV") { reply in
            switch (reply.code, address) {
            case (229, _): open(port: Self.extendedPort(reply), reply)
            case (500...599, .v4): .go(passive)
            case (500...599, .v6): .fail(reply.layer, "EPSV is refused: \(reply.text)")
            default: nil
            }
        }
    }

    private var passive: Step {
        Self.step("the answer to PASV", "PASV") { $0.code == 227 ? open(port: Self.passivePort($0), $0) : nil }
    }

    private func open(port: UInt16?, _ reply: NumberedReply) -> Move {
        guard let port, port > 0 else {
            return .fail(.dialogue(.malformed), "the answer names no port: \(reply.text)")
        }
        // The reply to RETR told before the connection was, by a server that is quicker than the network.
        let dataConnection = Self.step("the data connection was open") { $0.code < 200 ? .stay : nil }
        return .open(Endpoint(address: address, port: port), then: dataConnection)
    }

    /// What is asked once the data connection is open.
    static func retrieval(of file: String) -> Step {
        step("the answer to RETR", "RETR \(file)") { $0.code < 200 ? .go(transfer) : transferred($0) }
    }

    private static let transfer = step("the end of the transfer was told", next: transferred)

    @Sendable
    private static func transferred(_ reply: NumberedReply) -> Move? {
        reply.isCompletion ? .note(reply.text, then: transfer) : nil
    }

    /// The port of `229 … (|||6446|)`; any character may stand for the bar.
    private static func extendedPort(_ reply: NumberedReply) -> UInt16? {
        guard let line = reply.lines.last, let start = line.firstIndex(of: UInt8(ascii: "(")) else { return nil }
        let rest = line[start...].dropFirst()
        guard let bar = rest.first, rest.prefix(3).count == 3, rest.prefix(3).allSatisfy({ $0 == bar }) else {
            return nil
        }
        let digits = rest.dropFirst(3).prefix { $0 != bar }
        guard rest.dropFirst(3 + digits.count).starts(with: [bar, UInt8(ascii: ")")]) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self))
    }

    /// The port of `227 … h1,h2,h3,h4,p1,p2`, with brackets or without.
    private static func passivePort(_ reply: NumberedReply) -> UInt16? {
        guard let line = reply.lines.last, let comma = line.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        let start = line[..<comma].lastIndex { !isDigit($0) }.map { $0 + 1 } ?? 0
        let text = line[start...].prefix { isDigit($0) || $0 == UInt8(ascii: ",") }
        let numbers = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map { UInt8(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 6, numbers.allSatisfy({ $0 != nil }), let high = numbers[4], let low = numbers[5] else {
            return nil
        }
        return UInt16(high) << 8 | UInt16(low)
    }
}
