import Configuration
import Links

/// What stands in files beside a configuration: names that iproute2 has for numbers, and keys.
struct SideFiles: Sendable {
    private(set) var names: [NumberList: NumberNames] = [:]
    /// The keys by the paths of their files; none for a file that has no key.
    private(set) var keys: [String: [UInt8]] = [:]
    /// Why there is no key in a file.
    private(set) var faults: [String: String] = [:]

    /// Knows nothing, of a configuration that needs nothing.
    init() {}

    /// Takes what was found for the questions of a configuration.
    init(_ needs: SideNeeds, _ files: [FileQuestion: [FoundFile]]) {
        for list in needs.lists {
            var names = NumberNames()
            for question in needs.questions(about: list) {
                for file in files[question] ?? [] {
                    if case .contents(let bytes) = file.kind { names.merge(NumberNames(reading: bytes)) }
                }
            }
            self.names[list] = names
        }
        for path in needs.keyFiles {
            switch files[SideNeeds.question(about: path)]?.first?.kind {
            case .contents(let bytes):
                keys[path] = Self.key(in: bytes)
                if keys[path] == nil { faults[path] = "it has no key of 32 to 64 bytes" }
            case .unreadable(let reason): faults[path] = reason
            case .folder: faults[path] = "it is a folder"
            case .executable, .special: faults[path] = "it is no ordinary file"
            case nil: faults[path] = "there is no such file"
            }
        }
    }

    /// The key in a file, without the end of its line.
    private static func key(in bytes: [UInt8]) -> [UInt8]? {
        let text = bytes.reversed().drop { $0 == 0x0a || $0 == 0x0d }.reversed()
        let line = String(decoding: Array(text), as: UTF8.self)
        return line.hasPrefix("hex:") ? Value.Key.bytes(of: line) : (32...64).contains(text.count) ? Array(text) : nil
    }
}

/// The files that a configuration takes names and keys from.
struct SideNeeds: Sendable {
    var lists: Set<NumberList> = []
    var keyFiles: Set<String> = []
    /// The folders that names are in, of which the last counts where several have one.
    var folders = ["/usr/share/iproute2", "/etc/iproute2"]

    /// The questions that lead to all of them.
    var questions: [FileQuestion] {
        NumberList.allCases.filter(lists.contains).flatMap(questions) + keyFiles.sorted().map(Self.question)
    }

    func questions(about list: NumberList) -> [FileQuestion] {
        folders.flatMap { folder in
            ["\(folder)/\(list.rawValue)", "\(folder)/\(list.rawValue).d/*.conf"].map {
                FileQuestion(pattern: $0, folder: "")
            }
        }
    }

    static func question(about path: String) -> FileQuestion { FileQuestion(pattern: path, folder: "") }
}
