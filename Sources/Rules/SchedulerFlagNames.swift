import IPVS

/// The names of scheduler flags in the value of `-b`.
enum SchedulerFlagNames {
    /// Why a value of `-b` is refused.
    enum Failure: Error, Equatable {
        case unknown(String)
        /// The flag is another scheduler's.
        case incompatible(String)
    }

    /// The most bytes of the value that count.
    private static let limit = 127

    /// Reads names with commas between them; empty ones say nothing.
    static func flags(_ text: String, scheduler: String) throws(Failure) -> SchedulerFlags {
        var flags: SchedulerFlags = []
        for name in text.cut(toBytes: limit).split(separator: ",") {
            switch name {
            case "flag-1": flags.insert(.first)
            case "flag-2": flags.insert(.second)
            case "flag-3": flags.insert(.third)
            case "sh-fallback", "mh-fallback", "sh-port", "mh-port":
                guard name.prefix(2) == scheduler else { throw .incompatible(String(name)) }
                flags.insert(name.dropFirst(3) == "port" ? .second : .first)
            default: throw .unknown(String(name))
            }
        }
        return flags
    }
}

extension String {
    /// As much from the front as fits into so many bytes without dividing a character.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: limit)
        while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
