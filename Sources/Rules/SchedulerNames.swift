/// The names of the kernel's schedulers, and what people make of them.
package enum SchedulerNames {
    private static let all = [
        "rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sed", "nq", "fo", "ovf", "mh", "twos",
    ]

    /// The scheduler that a word means: its name in letters of any size, or the words that it is short for.
    package static func meant(by word: String) -> String? {
        let name = word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
        if all.contains(name) { return name }
        return written[name]
    }

    private static let written = [
        "roundrobin": "rr", "weightedroundrobin": "wrr", "leastconn": "lc", "leastconnection": "lc",
        "leastconnections": "lc", "weightedleastconn": "wlc", "weightedleastconnection": "wlc",
        "weightedleastconnections": "wlc", "source": "sh", "sourcehash": "sh", "sourcehashing": "sh",
        "destinationhash": "dh", "destinationhashing": "dh", "maglev": "mh", "maglevhash": "mh", "failover": "fo",
        "weightedfailover": "fo", "overflow": "ovf", "weightedoverflow": "ovf", "neverqueue": "nq",
        "shortestexpecteddelay": "sed",
    ]
}
