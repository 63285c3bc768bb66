import Configuration

/// How much the number in a file weighs on a server, by the words of the file and of the check that follows it.
struct FileWeight: Hashable, Sendable {
    private(set) var number: Int32 = 1
    private(set) var isReversed = false

    /// What a word says, where something is said already.
    mutating func take(_ entry: CheckedBlock.Entry?) {
        guard let entry else { return }
        number = Int32(clamping: entry.number ?? 1)
        for value in entry.values {
            if value.value == .text("reverse") { isReversed = true }
            if value.value == .text("noreverse") { isReversed = false }
        }
    }

    /// What a check makes of it.
    var rule: WeightRule {
        number == 0 ? .gate(opensAtZero: !isReversed) : .share(perUnit: isReversed ? -number : number)
    }

    /// As it is written: `1 reverse`.
    var text: String { "\(number)\(isReversed ? " reverse" : "")" }
}
