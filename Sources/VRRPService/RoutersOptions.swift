/// What the command line of `directrix-vrrp` says.
struct RoutersOptions: Hashable {
    /// What is to be done.
    enum Command: Hashable {
        case run
        case sweep
        case help
    }

    /// What is wrong with a command line.
    struct Mistake: Error, Hashable {
        var text: String
    }

    var command = Command.run
    var folder = RuntimeFolder.usualPath
    var user = "nobody"
    /// The descriptor of an inherited end of a pair.
    var pair: Int32?
    /// The file of virtual routers.
    var routers: String?

    /// Reads the words behind the name of the program.
    ///
    /// - Throws: `Mistake` for the first word that is wrong.
    init(_ words: some Sequence<String>) throws(Mistake) {
        var rest = Array(words)[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let option = String(parts[0])
            func value() throws(Mistake) -> String {
                if parts.count > 1 { return String(parts[1]) }
                guard let next = rest.popFirst() else { throw Mistake(text: "\(option) needs a value") }
                return next
            }
            switch option {
            case "--help", "-h":
                command = .help
                return
            case "sweep" where parts.count == 1 && command == .run: command = .sweep
            case "--folder":
                folder = try value()
                guard folder.hasPrefix("/") else { throw Mistake(text: "\(folder) is no absolute path") }
            case "--user": user = try value()
            case "--routers": routers = try value()
            case "--pair":
                let text = try value()
                guard let number = Int32(text), number > 2 else { throw Mistake(text: "\(text) is no descriptor") }
                pair = number
            default: throw Mistake(text: "unknown word \(word)")
            }
        }
    }
}
