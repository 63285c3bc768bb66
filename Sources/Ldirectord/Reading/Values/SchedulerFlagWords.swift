import IPVS

/// The words of `schedflags`, which are those of `ipvsadm -b`.
enum SchedulerFlagWords {
    /// The flags of words with commas between them, and the words that are none for the scheduler.
    static func flags(_ text: String, scheduler: String) -> (flags: SchedulerFlags, unknown: [String]) {
        var flags: SchedulerFlags = []
        var unknown: [String] = []
        for word in text.split(separator: ",") {
            switch word {
            case "flag-1": flags.insert(.first)
            case "flag-2": flags.insert(.second)
            case "flag-3": flags.insert(.third)
            case "sh-fallback" where scheduler == "sh", "mh-fallback" where scheduler == "mh": flags.insert(.first)
            case "sh-port" where scheduler == "sh", "mh-port" where scheduler == "mh": flags.insert(.second)
            default: unknown.append(String(word.prefix(64)))
            }
        }
        return (flags, unknown)
    }

    /// The word of the flag that lets a scheduler pass over servers of weight 0; nil for one that does so anyway.
    static func fallback(of scheduler: String) -> String? {
        SchedulerFlags.areNamed(by: scheduler) ? "\(scheduler)-fallback" : nil
    }

    /// The words of flags for a scheduler, as the kernel's tools show them.
    static func words(_ flags: SchedulerFlags, scheduler: String) -> String {
        flags.names(of: scheduler).joined(separator: ",")
    }
}
