import Glibc
import TestKit

/// A mail server on loopback that takes what comes, as far as it is told to, and never waits.
final class MailSink {
    private let server: LoopbackServer
    private var connection: Socket?
    private var unread: [UInt8] = []
    private var isInMessage = false
    /// What was said before the messages, line by line.
    private(set) var commands: [String] = []
    /// The messages, with CR LF as they came.
    private(set) var messages: [String] = []
    /// How many messages are put off before one is taken.
    var refusals = 0

    var port: UInt16 { server.port }

    init() throws {
        server = try LoopbackServer()
    }

    /// Answers what has come; to be called again and again.
    func serve() {
        if connection == nil {
            connection = server.accept()
            guard connection != nil else { return }
            say("220 sink ESMTP")
        }
        guard let descriptor = connection?.descriptor else { return }
        var room = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &room, room.count, Int32(MSG_DONTWAIT))
        if count > 0 { unread += room[..<count] }
        while let end = unread.firstIndex(of: 10) {
            let line = String(decoding: unread[...end], as: UTF8.self)
            unread.removeFirst(end + 1)
            answer(line)
        }
        if count == 0 { connection = nil }
    }

    private func answer(_ line: String) {
        if isInMessage {
            guard line == ".\r\n" else {
                messages[messages.count - 1] += line
                return
            }
            isInMessage = false
            return say("250 taken")
        }
        commands.append(String(line.dropLast()))
        switch line.prefix(4) {
        case "DATA":
            isInMessage = true
            messages.append("")
            say("354 go on")
        case "MAIL" where refusals > 0:
            refusals -= 1
            say("451 later")
        case "QUIT": say("221 bye")
        default: say("250 yes")
        }
    }

    private func say(_ text: String) {
        try? connection?.send(Array("\(text)\r\n".utf8))
    }
}
