import Dialogues
package import System

extension ProgramOutcome {
    /// What it said, in one line for people; nil for nothing.
    ///
    /// It is the first line of its errors and that of its output, and what may have been in its way.
    package var words: String? {
        var lines = [errors, output].compactMap(Self.firstLine)
        // Any line of its output may be about a refusal of the sandbox.
        if let note = Sandbox.note(end, String(decoding: errors + output, as: UTF8.self)) { lines.append(note) }
        return lines.isEmpty ? nil : lines.joined(separator: "; ")
    }

    /// The first line that has something to read, bounded and printable.
    private static func firstLine(of bytes: [UInt8]) -> String? {
        for line in bytes.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            let isBlank = { (byte: UInt8) in byte <= 0x20 }
            var text = line.drop(while: isBlank)
            while let last = text.last, isBlank(last) { text.removeLast() }
            if !text.isEmpty { return String(printable: text) }
        }
        return nil
    }
}
