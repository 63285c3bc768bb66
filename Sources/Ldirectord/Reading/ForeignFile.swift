/// A file that is none of the language: written for another program, or no text at all.
///
/// Line by line it would give as many errors as it has lines, none of which helps.
struct ForeignFile {
    /// The message that names its language or kind.
    let message: String
    /// The kind of file that is expected in its place.
    let expected: String
    /// The line that tells.
    let line: SourceLine

    /// The most bytes that are looked at.
    private static let longestLook = 1 << 20

    /// Looks for lines that only another language has; a file with a virtual server of this one is none of those.
    init?(_ bytes: [UInt8]) {
        let start = bytes[...].prefix(Self.longestLook)
        let first = SourceLine(number: 1, bytes: start.prefix { $0 != 0x0a }.prefix(Self.longestLine))
        if let message = Self.encoding(of: start) {
            self.init(message: message, expected: "a text in UTF-8", line: first)
            return
        }
        if !start.contains(0x0a), let end = start.firstIndex(of: 0x0d), end + 1 < start.endIndex {
            self.init(message: "lines that end in CR", expected: "lines that end in LF", line: first)
            return
        }
        var found: (language: Language, line: SourceLine)?
        var number = 0
        var rest = start
        while !rest.isEmpty {
            number += 1
            let text = rest.prefix { $0 != 0x0a }
            rest = rest[text.endIndex...].dropFirst()
            guard text.count <= Self.longestLine else { continue }
            let line = String(decoding: text, as: UTF8.self)
            if Self.isVirtual(line) { return nil }
            if found == nil, let language = Language.allCases.first(where: { $0.isMarked(by: line) }) {
                found = (language, SourceLine(number: number, bytes: text))
            }
        }
        guard let found else { return nil }
        self.init(message: found.language.message, expected: found.language.expected, line: found.line)
    }

    private init(message: String, expected: String, line: SourceLine) {
        self.message = message
        self.expected = expected
        self.line = line
    }

    private static let longestLine = 512

    private static func isVirtual(_ line: String) -> Bool {
        guard line.hasPrefix("virtual") else { return false }
        let rest = line.dropFirst("virtual".count).drop { $0 == "6" }.drop { $0 == " " || $0 == "\t" }
        return rest.first == "="
    }

    /// The kind of data that the bytes are; nil where they are a text.
    private static func encoding(of bytes: ArraySlice<UInt8>) -> String? {
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) { return "a file in UTF-16" }
        if bytes.starts(with: [0x1f, 0x8b]) || bytes.starts(with: [0xfd, 0x37, 0x7a]) { return "a compressed file" }
        if bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) { return "a program" }
        let head = bytes.prefix(1024)
        let zeros = head.count { $0 == 0 }
        guard zeros >= 8, zeros * 8 > head.count else { return nil }
        // Letters of UTF-16 have every other byte 0.
        return zeros * 5 > head.count * 2 && zeros * 5 < head.count * 3 ? "a file in UTF-16" : "a file that is no text"
    }
}

extension ForeignFile {
    /// A language of another program for the same purpose.
    private enum Language: CaseIterable {
        case keepalived, piranha, haproxy, nginx, rules, markup, json

        private static let keepalivedWords: Set<Substring> = [
            "global_defs", "vrrp_instance", "vrrp_script", "vrrp_sync_group", "virtual_server", "virtual_server_group",
            "real_server", "static_ipaddress", "static_routes", "lb_algo", "lvs_sched", "lb_kind", "lvs_method",
            "delay_loop", "sorry_server", "vrrp_track_process", "vrrp_track_file", "bfd_instance",
        ]

        /// Whether a line is of this language and cannot be of another.
        func isMarked(by line: String) -> Bool {
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let first = words.first, first.first != "#", words.count < 2 || words[1].first != "=" else {
                return self == .piranha && words.first == "serial_no"
            }
            let isIndented = line.first == " " || line.first == "\t"
            let isBlock = words.count > 1 && words.last == "{"
            switch self {
            case .keepalived: return Self.keepalivedWords.contains(first)
            case .piranha: return first == "virtual" && words.count == 3 && isBlock
            case .haproxy: return !isIndented && words.count == 2 && ["frontend", "backend", "listen"].contains(first)
            case .nginx:
                return isBlock
                    && (words.count == 2 && ["http", "stream", "events", "server"].contains(first)
                        || words.count == 3 && first == "upstream")
            case .rules:
                let rule = first == "ipvsadm" || first.hasSuffix("/ipvsadm") ? words.dropFirst() : words[...]
                guard let command = rule.first, let option = rule.dropFirst().first else { return false }
                return ["-A", "-a", "--add-service", "--add-server"].contains(command)
                    && ["-t", "-u", "-f", "--tcp-service", "--udp-service", "--fwmark-service"].contains(option)
            case .markup:
                let start = first.lowercased()
                return start.hasPrefix("<!doctype") || start.hasPrefix("<html") || start.hasPrefix("<?xml")
            case .json: return !isIndented && (line == "{" || line.hasPrefix("{\"") || line.hasPrefix("[{"))
            }
        }

        /// The message about a file of this language.
        var message: String {
            switch self {
            case .keepalived: "this is a file of keepalived"
            case .piranha: "this is a file of piranha (lvs.cf)"
            case .haproxy: "this is a file of HAProxy"
            case .nginx: "this is a file of nginx"
            case .rules: "these are rules of ipvsadm, which ipvsadm-restore reads"
            case .markup: "this is a page in HTML or XML"
            case .json: "this is JSON"
            }
        }

        var expected: String { "a file of ldirectord, with virtual=ADDRESS:PORT and real=ADDRESS:PORT gate below" }
    }
}
