import Addresses
import Configuration
import IPVS

extension VirtualSection {
    /// The directives that stand below `virtual`, but for `real` and `fallback`.
    static let table = DirectiveTable<VirtualSection>(
        known: SharedDirectives.known(\VirtualSection.shared, isGlobal: false)
            .merging(checks) { _, own in own }
            .merging(service) { _, own in own }
            .merging(reports) { _, own in own },
        new: SharedDirectives.new(\VirtualSection.shared).merging(new) { _, own in own }
    )

    private static let checks: [String: DirectiveTable<VirtualSection>.Reading] = [
        "checktype": { section, line, findings in
            section.checkType = line.checkType(into: &findings) ?? section.checkType
        },
        "checkinterval": { section, line, findings in
            guard
                let interval = line.time(
                    refusal: "invalid checkinterval",
                    least: .milliseconds(10),
                    into: &findings
                )
            else { return }
            section.shared.checkInterval = interval
            section.intervalPlace = line.namePlace
        },
        "service": { section, line, findings in
            section.service = line.service(into: &findings) ?? section.service
        },
        "checkport": { $0.checkPort = $1.checkPort(into: &$2) },
        "checkcommand": { section, line, findings in
            guard let command = line.perhapsQuoted(refusal: "invalid check command", into: &findings) else { return }
            section.checkCommand = command
            section.checkCommandPlace = line.place
            if command.contains(where: \.isWhitespace) {
                findings.warning(
                    "the whole text is the path of a program, which is given no arguments of its own",
                    at: line.place
                )
            }
        },
        "request": { section, line, findings in
            guard let request = line.quoted(refusal: "no request string specified", into: &findings) else { return }
            section.request = Located(request.value.withSlash, at: line.place)
        },
        "receive": { section, line, findings in
            guard let pattern = line.quoted(refusal: "invalid receive string", isPattern: true, into: &findings) else {
                return
            }
            section.receive = pattern
        },
        "httpmethod": { section, line, findings in
            switch line.firstWord.uppercased() {
            case "GET": section.method = .get
            case "HEAD": section.method = .head
            case "OPTIONS": section.method = .options
            default: findings.error("httpmethod must be GET, HEAD or OPTIONS", at: line.place)
            }
        },
        "virtualhost": { section, line, findings in
            guard
                let host = line.perhapsQuoted(
                    refusal: "invalid virtualhost",
                    isEmptyAllowed: true,
                    into: &findings
                )
            else { return }
            section.virtualHost = line.host(of: host, into: &findings)
        },
        "login": { $0.login = $1.quoted(refusal: "invalid login string", into: &$2)?.value },
        "passwd": { $0.password = $1.quoted(refusal: "invalid password", into: &$2)?.value },
        "database": { $0.database = $1.quoted(refusal: "invalid database", into: &$2)?.value },
        "secret": { $0.secret = $1.quoted(refusal: "invalid secret", into: &$2)?.value },
        "load": { _ = ($0, $1.quoted(refusal: "invalid string for load testing", into: &$2)) },
    ]

    private static let service: [String: DirectiveTable<VirtualSection>.Reading] = [
        "scheduler": { section, line, findings in
            section.scheduler = line.scheduler(into: &findings) ?? section.scheduler
        },
        "schedflags": { section, line, findings in
            // The shell that starts ipvsadm for ldirectord takes quotation marks away.
            let isMark = { (byte: UInt8) in byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
            var word = line.value.prefix { !$0.isBlank }.drop(while: isMark)
            while let last = word.last, isMark(last) { word.removeLast() }
            guard !word.isEmpty else {
                return findings.error("invalid sched-flags", at: line.place, expected: "words as ipvsadm -b takes them")
            }
            let place = Place(line: line.line, range: word.indices)
            guard let text = line.string(word.indices, into: &findings) else { return }
            section.schedulerFlags = Located(text, at: place)
        },
        "persistent": { section, line, findings in
            section.persistence = line.persistence(into: &findings) ?? section.persistence
        },
        "netmask": { section, line, findings in
            section.netmask = line.netmask(section.family, into: &findings) ?? section.netmask
        },
        "protocol": { section, line, findings in
            line.readProtocol(into: &section, &findings)
        },
        "ops": { section, line, findings in
            guard let isOnePacket = line.boolean(into: &findings) else { return }
            section.isOnePacket = Located(isOnePacket, at: line.place)
        },
    ]

    private static let reports: [String: DirectiveTable<VirtualSection>.Reading] = [
        "monitorfile": { section, line, findings in
            section.monitorFile = line.perhapsQuoted(refusal: "unable to open monitorfile", into: &findings)
            guard let path = section.monitorFile else { return }
            section.monitorFolder = NamedFolder(
                path: NamedFolder.folder(ofFile: path),
                place: line.place,
                complaint: "the folder of the monitor file does not exist",
                refusal: "unable to open monitorfile \(path): No such file or directory"
            )
        },
        "servicename": { $0.name = $1.text(refusal: nil, isForPeople: true, into: &$2) },
        "comment": { $0.comment = $1.text(refusal: nil, isForPeople: true, into: &$2) },
    ]

    private static let new: [String: DirectiveTable<VirtualSection>.Reading] = [
        "httpstatus": { $0.statuses = $1.statuses(into: &$2) },
        "digest": { $0.digest = $1.digest(into: &$2) },
        "starttls": { section, line, findings in
            guard let startsTLS = line.word(of: SessionTLS.self, into: &findings) else { return }
            section.startsTLS = Located(startsTLS, at: line.place)
        },
        "authmethods": { section, line, findings in
            guard let methods = line.loginMethods(into: &findings) else { return }
            section.loginMethods = Located(methods, at: line.place)
        },
        "sni": { $0.serverName = $1.perhapsQuoted(refusal: "no name", isEmptyAllowed: true, into: &$2) },
    ]
}

extension DirectiveLine {
    /// The host of a value that should be one; nil for none.
    fileprivate func host(of text: String, into findings: inout Findings) -> String? {
        var host = Substring(text)
        for scheme in ["http://", "https://"] where host.lowercased().hasPrefix(scheme) {
            host = host.dropFirst(scheme.count)
        }
        host = host.prefix { $0 != "/" }
        if host.utf8.count != text.utf8.count {
            findings.warning(
                "virtualhost is a host, and no URL or path",
                at: place,
                expected: String(host),
                note: "ldirectord sends it as it is, which few servers take."
            )
        } else if text.contains(where: \.isWhitespace) {
            findings.warning("virtualhost is one host; with a blank in it few servers take it", at: place)
        }
        return host.isEmpty ? nil : String(host)
    }
}

extension String {
    /// With a slash in front, as ldirectord stores every request.
    var withSlash: String { hasPrefix("/") ? self : "/" + self }
}
