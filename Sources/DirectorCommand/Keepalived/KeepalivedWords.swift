import DirectorService

/// The command line of `keepalived`, read by the rules of `getopt_long`: options anywhere, letters together, long names cut.
enum KeepalivedWords: Hashable {
    /// The manual is asked for.
    case help
    /// The version is asked for.
    case version
    /// The program `genhash` is asked for, with these words.
    case genhash([String])
    /// The number of the signal is asked for that this word stands for.
    case signalNumber(String)
    /// The words are no command; each complaint is a line.
    case wrong(complaints: [String])
    /// A daemon or a test, with the words that nobody needs and the complaints that do not matter.
    case run(KeepalivedOptions, surplus: [String], complaints: [String])

    /// Reads the words after the program's name.
    init(_ words: [String]) {
        if let first = words.first, first == "-T" || first == "--genhash" {
            self = .genhash(Array(words.dropFirst()))
            return
        }
        var reader = Reader(rest: words[...])
        while let found = reader.next() {
            if let answer = reader.take(found.option, found.value) {
                self = answer
                return
            }
        }
        if reader.mistakes.isEmpty {
            self = .run(reader.options, surplus: reader.surplus, complaints: reader.complaints)
        } else {
            self = .wrong(complaints: reader.mistakes)
        }
    }

    /// Takes the words one after the other.
    private struct Reader {
        var rest: ArraySlice<String>
        var options = KeepalivedOptions()
        var surplus: [String] = []
        /// What keeps the program from running.
        var mistakes: [String] = []
        /// What is only told.
        var complaints: [String] = []
        /// The letters that are left of a word of several.
        private var letters: Substring = ""
        /// The parts that options name.
        private var wanted: DaemonParts = []

        init(rest: ArraySlice<String>) {
            self.rest = rest
        }

        /// The next option with its value; nil at the end.
        mutating func next() -> (option: KeepalivedOption, value: String?)? {
            while true {
                if let letter = letters.popFirst() {
                    if let found = option(of: letter) { return found }
                    continue
                }
                guard let word = rest.popFirst() else { return nil }
                if word == "--" {
                    surplus += rest
                    rest = []
                } else if word.hasPrefix("--") {
                    if let found = option(named: word.dropFirst(2)) { return found }
                } else if word.hasPrefix("-"), word != "-" {
                    letters = word.dropFirst()
                } else {
                    surplus.append(word)
                }
            }
        }

        private mutating func option(of letter: Character) -> (option: KeepalivedOption, value: String?)? {
            guard let option = KeepalivedOption(letter: letter) else {
                mistakes.append("Unknown option -\(letter)")
                return nil
            }
            guard option.value != .none else { return (option, nil) }
            let attached = String(letters)
            letters = ""
            if !attached.isEmpty { return (option, attached) }
            guard option.value == .needed else { return (option, nil) }
            guard let value = rest.popFirst() else {
                mistakes.append("Missing parameter for option -\(letter)")
                return nil
            }
            return (option, value)
        }

        private mutating func option(named word: Substring) -> (option: KeepalivedOption, value: String?)? {
            let name = word.prefix { $0 != "=" }
            let attached = name.endIndex < word.endIndex ? String(word[word.index(after: name.endIndex)...]) : nil
            guard let option = KeepalivedOption(name: name), attached == nil || option.value != .none else {
                mistakes.append("Unknown option --\(word)")
                return nil
            }
            if attached != nil || option.value != .needed { return (option, attached) }
            guard let value = rest.popFirst() else {
                mistakes.append("Missing parameter for option --\(option.rawValue)")
                return nil
            }
            return (option, value)
        }

        /// Keeps what an option says.
        ///
        /// - Returns: what it answers by itself, whatever follows.
        mutating func take(_ option: KeepalivedOption, _ value: String?) -> KeepalivedWords? {
            switch option {
            case .version: return .version
            case .help: return .help
            case .genhash:
                complaints.append("Warning -- `-T` not used as first option, previous options ignored")
                return .genhash(surplus + (letters.isEmpty ? [] : ["-\(letters)"]) + rest)
            case .signalNumber: return .signalNumber(value ?? "")
            case .file: options.file = value ?? ""
            case .failoverOnly: wanted.insert(.routers)
            case .servicesOnly: wanted.insert(.services)
            case .test: options.test = KeepalivedOptions.Test(log: value)
            case .console: options.logsToConsole = true
            case .facility: setFacility(value ?? "")
            case .withoutSyslog: options.logsToSyslog = false
            case .logFile: options.logFile = value ?? "/tmp/keepalived.log"
            case .umask: setMask(value ?? "")
            case .leavesTable: options.leavesTable = true
            case .foreground: options.staysInForeground = true
            case .dump: options.dumps = true
            case .pidFile: options.pidFile = value
            case .checkersPIDFile: options.checkersPIDFile = value
            case .failoverPIDFile: options.routersPIDFile = value
            case .namespace: options.namespace = value
            case .coreDump: if options.core == nil { options.core = KeepalivedOptions.Core() }
            case .corePattern: options.core = KeepalivedOptions.Core(pattern: value ?? "core")
            case .everyInclude: options.needsEveryInclude = true
            case .configID: options.configID = value
            // There is no BFD; lines of the log are never held back, and have all details.
            case .details, .withoutRespawn, .withoutBFD, .everyPart, .dropsAddresses, .leavesAddresses, .bfdPIDFile,
                .flushesLogFile, .addresses:
                break
            case .snmp, .snmpSocket:
                complaints.append("SNMP is not served")
            }
            if !wanted.isEmpty { options.parts = wanted }
            return nil
        }

        private mutating func setFacility(_ word: String) {
            if word.utf8.count == 1, let digit = Int(word), (0...7).contains(digit) {
                options.facility = "local\(digit)"
            } else if word == "user" || word == "daemon" || Self.localFacilities.contains(word) {
                options.facility = word
            } else {
                complaints.append("Invalid log facility '\(word)'")
            }
        }

        private static let localFacilities = Set((0...7).map { "local\($0)" })

        private mutating func setMask(_ word: String) {
            let isOctal = word.hasPrefix("0") && word.utf8.count > 1
            let isHexadecimal = word.hasPrefix("0x") || word.hasPrefix("0X")
            let number =
                isHexadecimal
                ? UInt32(word.dropFirst(2), radix: 16) : isOctal ? UInt32(word, radix: 8) : UInt32(word)
            if let number, number <= 0o777 {
                options.mask = number
            } else {
                complaints.append("Invalid --umask option \(word)")
            }
        }
    }
}
