/// A command line of ipvsadm with what it reads.
struct CommandLineStep: Equatable, Sendable, CustomStringConvertible {
    /// What follows the name of the program.
    var words: [String]
    /// Standard input; nil is the null device.
    var input: String?

    /// As a line for a shell, which shows every word whole.
    var description: String {
        let line = (["ipvsadm"] + words.map(Self.quoted)).joined(separator: " ")
        return input.map { "\(line) <<< \(Self.quoted($0))" } ?? "\(line) </dev/null"
    }

    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                switch UInt8(byte) {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-.:,=/_".utf8.contains(byte)
                }
            }
        return isPlain
            ? word
            : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
