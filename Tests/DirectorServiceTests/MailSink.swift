import Glibc

/// A mail server on loopback that takes what comes, as far as it is told to, and never waits.
final class MailSink {
    private let server = LoopbackServer()
    private var connection: Int32 = -1
    private var unread: [UInt8] = []
    private var isInMessage = false
    /// What was said before the messages, line by line.
    private(set) var commands: [String] = []
    /// The messages, with CR LF as they came.
    private(set) var messages: [String] = []
    /// How many messages are put off before one is taken.
    var refusals = 0

    var port: UInt16 { server.port }

    deinit {
        if connection >= 0 { close(connection) }
    }

    /// Answers what has come; to be called again and again.
    func serve() {
        if connection < 0 {
            connection = server.accept()
            guard connection >= 0 else { return }
            say("220 sink ESMTP")
        }
        var room = [UInt8](repeating: 0, count: 65_536)
        let count = recv(connection, &room, room.count, Int32(MSG_DONTWAIT))
        if count > 0 { unread += room[..<count] }
        while let end = unread.firstIndex(of: 10) {
            let line = String(decoding: unread[...end], as: UTF8.self)
            unread.removeFirst(end + 1)
            answer(line)
        }
        if count == 0 {
            close(connection)
            connection = -1
        }
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
        let bytes = Array("\(text)\r\n".utf8)
        _ = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
