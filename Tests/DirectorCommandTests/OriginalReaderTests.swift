import Addresses
import Configuration
import Glibc
import Ldirectord
import TestKit
import Testing

/// What ldirectord's own reader makes of a doubtful line, ours makes of it too, or better in a way that is documented.
@Suite(.enabled(if: OriginalReader.isThere, "ldirectord and perl are not installed"), .waits)
struct OriginalReaderTests {
    /// A file, and what becomes of it.
    struct Line {
        let fate: String
        let text: String

        init(_ line: Substring) throws {
            let parts = line.split(separator: "\t", maxSplits: 1)
            fate = String(try #require(parts.first))
            let written = try #require(parts.dropFirst().first)
            var text = ""
            var rest = written[...]
            while let character = rest.popFirst() {
                guard character == "\\", let next = rest.first, "ntru".contains(next) else {
                    text.append(character)
                    continue
                }
                rest.removeFirst()
                switch next {
                case "n": text += "\n"
                case "t": text += "\t"
                case "r": text += "\r"
                default:
                    let digits = rest.dropFirst().prefix { $0 != "}" }
                    text.unicodeScalars.append(try #require(UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)))
                    rest = rest[digits.endIndex...].dropFirst()
                }
            }
            let start = "virtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n\t"
            self.text = (text.hasPrefix("+") ? start + text.dropFirst() : text) + "\n"
        }
    }

    @Test func doubtfulLinesAreReadAsTheOriginalReadsThem() throws {
        let lines = try SourceTree.text(of: "Fixtures/ldirectord/original/lines.txt").split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.map(Line.init)
        #expect(lines.count >= 60)
        let differences = try #require(
            try SourceTree.text(of: "man/ldirectord.cf.5").split(separator: ".Sh DIFFERENCES").last
        )
        let answers = try original(lines.map(\.text))
        #expect(answers.count == lines.count)
        for (line, answer) in zip(lines, answers) {
            let ours = meaning(of: line.text)
            switch line.fate {
            case "refused":
                #expect(answer.hasPrefix("error ") && ours == nil, "\(line.text)\(answer)\n\(ours ?? "")")
            case "same":
                #expect(ours == answer, "\(line.text)")
            default:
                #expect(differences.contains(".It Cm \(line.fate)\n"), "\(line.fate)")
                #expect(ours ?? "error" != (answer.hasPrefix("error ") ? "error" : answer), "\(line.text)\(answer)")
            }
        }
    }

    /// The answers of the original, each file's by itself.
    private func original(_ texts: [String]) throws -> [String] {
        let folder = try TemporaryFolder()
        let table = folder.path + "/table"
        let all = texts.enumerated().map { "%% \($0)\n\($1)" }.joined()
        let file = try #require(fopen(table, "w"))
        fputs(all, file)
        fclose(file)
        let script = SourceTree.path("Fixtures/ldirectord/original/read.pl")
        let run = try Program.run("/usr/bin/perl", [script, OriginalReader.program, table])
        try #require(run.status == 0, "\(run.errors)")
        return run.output.split(separator: "%% ").map { answer in
            answer.drop { $0 != "\n" }.dropFirst().trimmingEnd
        }
    }

    /// Ours in the same words; nil where the file is refused.
    private func meaning(of text: String) -> String? {
        let file = LdirectordFile(
            reading: Array(text.utf8),
            name: "cf",
            context: ReadingContext(hostName: "director")
        )
        let answers = Dictionary(
            uniqueKeysWithValues: file.questions.names.map { question -> (NameQuestion, NameAnswer) in
                if case .service("http", _) = question { return (question, .port(80)) }
                return (question, .unresolved("no such name"))
            }
        )
        let loaded = file.loaded(with: ConfigurationAnswers(names: answers))
        return loaded.effectiveDirectives?.virtuals.map(Self.words).joined(separator: "\n").trimmingEnd
    }

    private static func words(of virtual: EffectiveDirectives.Virtual) -> String {
        let own = values(virtual.directives)
        func word(_ name: String) -> String { own[name] ?? "" }
        var lines: [String] = []
        let flags = own["schedflags"].map { " flags \($0)" } ?? ""
        let netmask = own["netmask"].map { " netmask \($0)" } ?? ""
        let persistence = own["persistent"].map { " persistent \($0)\(netmask)" } ?? ""
        let identity = own["virtual"] ?? word("virtual6")
        lines.append("service \(identity) \(word("protocol")) \(word("scheduler"))\(flags)\(persistence)")
        let isNumber = word("checktype").allSatisfy(\.isNumber)
        let type = isNumber ? "combined" : word("checktype")
        let texts = "request \(word("request")) receive \(word("receive"))"
        let limits = "timeouts \(word("checktimeout")) \(word("negotiatetimeout"))"
        lines.append("check \(type) \(word("service")) \(texts) \(limits)")
        for name in ["checkcommand", "virtualhost", "login", "passwd", "database", "secret", "servicename", "comment"] {
            if let text = own[name] { lines.append("text \(name) \(text)") }
        }
        if let fallback = virtual.fallback.map(values) {
            let server = fallback["fallback"] ?? fallback["fallback6"] ?? ""
            lines.append("fallback \(server) \(fallback["forward"] ?? "")")
        }
        for real in virtual.reals.map(values) {
            let server = real["real"] ?? real["real6"] ?? ""
            let thresholds = "l \(real["l"] ?? "0") u \(real["u"] ?? "0")"
            lines.append("real \(server) \(real["forward"] ?? "") \(real["weight"] ?? "") \(thresholds)")
        }
        return lines.joined(separator: "\n")
    }

    /// The directives that are set, as words.
    private static func values(_ directives: [EffectiveDirectives.Directive]) -> [String: String] {
        var values: [String: String] = [:]
        for directive in directives {
            switch directive.value {
            case .string(let text): values[directive.name] = text
            case .number(let number): values[directive.name] = String(number)
            case .time(let time): values[directive.name] = time.inSeconds
            case .boolean, .list, .absent: break
            }
        }
        return values
    }
}

/// The original, in which a reader is.
enum OriginalReader {
    static let program = "/usr/sbin/ldirectord"
    static let isThere = access(program, R_OK) == 0 && access("/usr/bin/perl", X_OK) == 0
}

extension StringProtocol {
    /// Without line ends and blanks at the end.
    fileprivate var trimmingEnd: String {
        var text = String(self)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

extension Duration {
    /// Whole seconds, or with milliseconds.
    fileprivate var inSeconds: String {
        let milliseconds = components.attoseconds / 1_000_000_000_000_000
        return milliseconds == 0 ? "\(components.seconds)" : "\(components.seconds).\(milliseconds)"
    }
}
