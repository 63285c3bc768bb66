import Diagnostics

/// Finds the option that a long name was to be.
package enum OptionSuggestion {
    /// The options of which one may have been meant, as in `--add-service or --add-server`; nil when none is near.
    static func names(near name: String) -> String? { names(near: name, among: OptionSpelling.longNames) }

    /// The same of a program that has these.
    package static func names(near name: String, among options: [String]) -> String? {
        let name = name.lowercased()
        guard !name.isEmpty, name.utf8.count <= longest else { return nil }
        var found: [String] = []
        if let synonym = synonyms[name] {
            found = synonym.filter(options.contains)
        } else {
            found = options.filter { $0.hasPrefix(name) }
            if found.isEmpty, let nearest = Suggestion.nearest(to: name, among: options) { found = [nearest] }
            // A name with something more, as `--numeric-only`.
            if found.isEmpty { found = options.filter { $0.utf8.count > 3 && name.hasPrefix($0) } }
        }
        guard (1...4).contains(found.count) else { return nil }
        return found.map { "--\($0)" }.joined(separator: " or ")
    }

    /// The most bytes of a name that is worth a thought.
    private static let longest = 64

    /// What other programs, and people, call the options.
    private static let synonyms: [String: [String]] = [
        "add": ["add-service", "add-server"], "edit": ["edit-service", "edit-server"],
        "change": ["edit-service", "edit-server"], "delete": ["delete-service", "delete-server"],
        "remove": ["delete-service", "delete-server"], "del": ["delete-service", "delete-server"],
        "flush": ["clear"], "reset": ["zero"], "show": ["list"], "ls": ["list"],
        "nat": ["masquerading"], "masquerade": ["masquerading"], "snat": ["masquerading"],
        "dr": ["gatewaying"], "route": ["gatewaying"], "direct": ["gatewaying"], "gateway": ["gatewaying"],
        "tunnel": ["ipip"], "tun": ["ipip"], "tunneling": ["ipip"],
        "mask": ["netmask"], "persistence": ["persistent"], "fwmark": ["fwmark-service"], "mark": ["fwmark-service"],
        "server": ["real-server"], "rip": ["real-server"], "interface": ["mcast-interface"],
        "mcast-if": ["mcast-interface"],
        "one-packet": ["ops"], "flags": ["sched-flags"], "statistics": ["stats"], "rates": ["rate"],
        "conns": ["connection"], "timeouts": ["timeout"], "daemons": ["daemon"],
    ]
}
