import Addresses
import Configuration

extension GlobalSection {
    /// The directives that stand at the beginning of a line.
    static let table = DirectiveTable<GlobalSection>(
        known: SharedDirectives.known(\GlobalSection.shared, isGlobal: true)
            .merging(known) { _, own in own },
        new: SharedDirectives.new(\GlobalSection.shared)
    )

    private static let known: [String: DirectiveTable<GlobalSection>.Reading] = [
        "fallback": { $0.fallbacks[.ipv4] = $1.fallback(.ipv4, into: &$2) },
        "fallback6": { $0.fallbacks[.ipv6] = $1.fallback(.ipv6, into: &$2) },
        "autoreload": { $0.reloadsOnChange = $1.boolean(into: &$2) },
        "callback": { section, line, findings in
            guard let command = line.quoted(refusal: "no callback named", isEmptyAllowed: true, into: &findings)?.value
            else { return }
            section.changeCommand = command.isEmpty ? nil : command
            section.changeCommandPlace = line.place
            if command.isEmpty { findings.warning("no callback named", at: line.place) }
        },
        "logfile": { section, line, findings in
            guard let log = line.quoted(refusal: "no log file named", isEmptyAllowed: true, into: &findings)?.value
            else {
                return
            }
            guard !log.hasPrefix("/") else {
                section.log = .file(log)
                section.folders[line.name] = NamedFolder(
                    path: NamedFolder.folder(ofFile: log),
                    place: line.place,
                    complaint: "the folder of the log file does not exist",
                    refusal: "unable to open logfile: \(log)"
                )
                return
            }
            section.log = .syslog(facility: log)
            section.folders[line.name] = nil
            if !facilities.contains(log) {
                findings.warning(
                    "syslog has no facility \(log)",
                    at: line.place,
                    expected: "a path that begins with /, or a facility such as daemon or local0"
                )
            }
        },
        "execute": { section, line, findings in
            guard let name = line.text(refusal: nil, into: &findings), !section.companions.contains(name) else {
                return
            }
            guard !name.isEmpty else { return findings.warning("no configuration named", at: line.place) }
            guard section.companions.count < mostCompanions else {
                return findings.error("more than \(mostCompanions) configurations to execute", at: line.place)
            }
            section.companions.append(name)
        },
        "supervised": { $0.isSupervised = $1.boolean(into: &$2) },
        "fork": { $0.isForking = $1.boolean(into: &$2) },
        "readdquiescent": { $0.addsQuiescent = $1.boolean(into: &$2) },
        "emailalertfrom": {
            $0.mailSender =
                $1.text(
                    refusal: "no email from address specified",
                    isForPeople: true,
                    into: &$2
                )
        },
        "maintenancedir": { section, line, findings in
            section.maintenanceDirectory = line.text(refusal: "maintenance directory not specified", into: &findings)
            guard let path = section.maintenanceDirectory else { return }
            section.folders[line.name] = NamedFolder(
                path: path,
                place: line.place,
                complaint: "maintenance directory does not exist",
                refusal: nil
            )
        },
    ]

    private static let mostCompanions = 256

    private static let facilities: Set<String> = [
        "auth", "authpriv", "cron", "daemon", "ftp", "kern", "local0", "local1", "local2", "local3", "local4", "local5",
        "local6", "local7", "lpr", "mail", "news", "security", "syslog", "user", "uucp",
    ]
}
