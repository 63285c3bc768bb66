import TestKit
import Testing

/// A frame of `Fixtures/vrrp`: its bytes in parts, and the line that it stands for.
struct RecordedFrame: Sendable, CustomTestStringConvertible {
    /// The file and the head of the section.
    var name: String
    /// The bytes of the parts, by their names.
    var parts: [String: [UInt8]] = [:]
    /// All bytes.
    var bytes: [UInt8] = []
    /// The fields that it decodes to.
    var line = ""

    var testDescription: String { name }

    /// The text of a field.
    func text(_ field: String) -> String? {
        for word in line.split(separator: " ") where word.hasPrefix(field + "=") {
            return String(word.dropFirst(field.count + 1))
        }
        return nil
    }

    func number(_ field: String) -> Int? { text(field).flatMap { Int($0) } }

    /// All frames that were recorded of keepalived.
    static let packets: [RecordedFrame] = {
        let folder = "Fixtures/vrrp/packets"
        let names = (try? SourceTree.names(in: folder)) ?? []
        return names.flatMap { read("\(folder)/\($0)", section: "packet ") }
    }()

    /// The frames of the cases that were injected into a link of keepalived.
    static let receiveChecks = read("Fixtures/vrrp/receive-checks.txt", section: "case ")

    private static func read(_ path: String, section: String) -> [RecordedFrame] {
        guard let text = try? SourceTree.text(of: path) else { return [] }
        var frames: [RecordedFrame] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix(section) {
                let file = path.split(separator: "/").last ?? ""
                let name = section == "case " ? String(line.dropFirst(section.count)) : "\(file) \(line)"
                frames.append(RecordedFrame(name: name))
                continue
            }
            guard line.hasPrefix("  "), var frame = frames.popLast() else { continue }
            let words = line.split(separator: " ", maxSplits: 1)
            let rest = words.count > 1 ? String(words[1]) : ""
            switch words[0] {
            case "=": frame.line = rest.trimmed
            case "frame": frame.bytes = [UInt8](hexadecimal: rest)
            case "state", "log", "log24", "sends": break
            default:
                let part = [UInt8](hexadecimal: rest)
                frame.parts[String(words[0])] = part
                if section == "packet " { frame.bytes += part }
            }
            frames.append(frame)
        }
        return frames
    }
}

extension String {
    /// Without blanks at its ends.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
