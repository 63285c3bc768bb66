import Configuration
import Director

/// A mail in the form in which it travels: header lines, an empty line, and the body, all ended by CR LF.
struct MailMessage: Hashable, Sendable {
    /// The sender of the envelope: where a refusal goes.
    let envelopeSender: String
    let recipients: [String]
    /// Header and body.
    let bytes: [UInt8]

    /// The most bytes of a line that every mail server takes, with room for what it may add.
    private static let lineLength = 900

    /// Makes the mail.
    ///
    /// - Parameters:
    ///   - sender: the `From` of the file; nil for the user at the host.
    ///   - number: tells one mail of this process from another.
    init(_ mail: Mail, from sender: String?, userName: String, hostName: String, at time: CalendarTime, number: Int) {
        let local = "\(Self.oneLine(userName))@\(Self.oneLine(hostName))"
        let from = sender.map(Self.oneLine) ?? local
        envelopeSender = local
        recipients = mail.alert.recipients.map(Self.oneLine)
        let header = [
            "From: \(from)",
            "To: \(recipients.joined(separator: ", "))",
            "Subject: \(Self.encoded(Self.oneLine(mail.subject)))",
            "Date: \(time.mailText)",
            "Message-ID: <\(Self.identity(number))@\(Self.oneLine(hostName))>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
        ]
        var bytes: [UInt8] = []
        for line in header { Self.append(line, to: &bytes) }
        bytes += [13, 10]
        for line in ["ldirectord host: \(hostName)"] + mail.lines { Self.append(line, to: &bytes) }
        self.bytes = bytes
    }

    private static func append(_ line: String, to bytes: inout [UInt8]) {
        var rest = Array(oneLine(line).utf8)[...]
        repeat {
            // A long line is broken before a character, not within it.
            var piece = rest.prefix(lineLength)
            if piece.count < rest.count {
                while let next = rest[piece.endIndex...].first, next & 0xc0 == 0x80, piece.count > lineLength - 4 {
                    piece = piece.dropLast()
                }
            }
            bytes += piece
            bytes += [13, 10]
            rest = rest[piece.endIndex...]
        } while !rest.isEmpty
    }

    /// A text that cannot begin another line of a header.
    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : $0 }))
    }

    /// A text as a header may have it: words beyond ASCII by the encoding `Q` of RFC 2047.
    private static func encoded(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            var piece = ""
            for byte in String(scalar).utf8 {
                switch byte {
                case UInt8(ascii: " "): piece += "_"
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    piece += String(UnicodeScalar(byte))
                default:
                    let digits = String(byte, radix: 16, uppercase: true)
                    piece += "=\(digits.count == 1 ? "0" : "")\(digits)"
                }
            }
            if word.utf8.count + piece.utf8.count > 60 {
                words.append(word)
                word = ""
            }
            word += piece
        }
        words.append(word)
        return words.map { "=?utf-8?Q?\($0)?=" }.joined(separator: "\r\n ")
    }

    /// A word that no other mail of the host has, random as far as other hosts of that name go.
    private static func identity(_ number: Int) -> String {
        "directrix.\(number).\(String(UInt64.random(in: .min ... .max), radix: 36))"
    }
}
