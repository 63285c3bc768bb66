import Configuration

/// A server of the recordings: what it answers, by its kind and its manner.
struct ScenarioServer {
    /// What it serves.
    let kind: Kind
    /// How it answers; as usual where nothing is said.
    var mode = Mode()

    enum Kind: String {
        /// It takes connections and closes them.
        case tcp
        case http, https, smtp, udp
    }

    /// How a server answers, where it does otherwise than usual.
    final class Mode: Decodable, Hashable, Sendable {
        let mode: String?
        let status: Int?
        let body: String?
        /// A whole answer, with its backslashes.
        let raw: String?
        /// The answers to requests for some paths.
        let paths: [String: Mode]?
        let banner: String?
        let helo: String?
        /// 1 where `QUIT` is not answered.
        let noquit: Int?
        /// What a datagram is answered with, in hexadecimal digits.
        let reply: String?

        init() {
            (mode, status, body, raw, paths, banner, helo, noquit, reply) = (
                nil, nil, nil, nil, nil, nil, nil, nil, nil
            )
        }

        static func == (first: Mode, second: Mode) -> Bool { first === second }
        func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
    }

    /// Something that comes from the server.
    struct Arrival {
        /// How long after what it answers.
        var delay = Duration.milliseconds(1)
        /// The bytes; nil where the connection ends.
        let bytes: [UInt8]?

        static let end = Arrival(bytes: nil)
        static func text(_ text: String) -> Arrival { Arrival(bytes: Array(text.utf8)) }
        /// A text in which `\\r` and `\\n` stand for the ends of lines.
        static func escaped(_ text: String) -> Arrival {
            .text(text.replacing("\\r", with: "\r").replacing("\\n", with: "\n"))
        }
    }

    /// What it says when somebody has connected.
    var greeting: [Arrival] {
        switch kind {
        case .tcp: [.end]
        case .smtp: [.escaped(mode.banner ?? "220 mx ESMTP\r\n")]
        case .http, .https, .udp: []
        }
    }

    /// What it says to what was sent.
    func answer(to bytes: [UInt8]) -> [Arrival] {
        let text = String(decoding: bytes, as: UTF8.self)
        switch kind {
        case .tcp: return []
        case .http, .https: return page(text.split(separator: " ").dropFirst().first.map(String.init) ?? "")
        case .smtp:
            if text.hasPrefix("QUIT") { return mode.noquit == 1 ? [] : [.text("221 bye\r\n"), .end] }
            return [.escaped(text.hasPrefix("HELO") ? mode.helo ?? "250 ok\r\n" : "500 what\r\n")]
        case .udp:
            if mode.mode == "silent" { return [] }
            return [Arrival(bytes: mode.reply.map(Self.bytes) ?? bytes)]
        }
    }

    private func page(_ path: String) -> [Arrival] {
        let mode = self.mode.paths?[path] ?? self.mode
        let (status, body) = (mode.status ?? 200, mode.body ?? (mode.status == 204 ? "" : "ok"))
        let whole = "HTTP/1.1 \(status) Word\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        switch mode.mode {
        case "hang": return []
        case "keepopen": return [.text(whole)]
        case "drip":
            return whole.utf8.map { Arrival(delay: .milliseconds(300), bytes: [$0]) }
        case "raw": return [.escaped(mode.raw ?? ""), .end]
        default: return [.text(whole), .end]
        }
    }

    private static func bytes(_ digits: String) -> [UInt8] {
        let values = digits.compactMap(\.hexDigitValue)
        return stride(from: 0, to: values.count - 1, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }
}
