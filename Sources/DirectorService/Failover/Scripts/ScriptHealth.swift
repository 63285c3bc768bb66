/// What the results of a tracked script come to: it passes and fails after so many results in a row, but the first one
/// decides alone.
struct ScriptHealth: Hashable, Sendable {
    private let rise: Int
    private let fall: Int
    /// Whether it passes; nil before anything is known of it.
    private(set) var isPassing: Bool?
    /// The results in a row that speak against `isPassing`.
    private var contrary = 0

    /// Makes the health of a script of which no result is there.
    ///
    /// - Parameters:
    ///   - rise: the results in a row until it passes; less than 1 counts as 1.
    ///   - fall: the results in a row until it fails; less than 1 counts as 1.
    ///   - beginsFailed: whether it counts as failed before the first result, so that this decides nothing alone.
    init(rise: Int, fall: Int, beginsFailed: Bool) {
        self.rise = max(rise, 1)
        self.fall = max(fall, 1)
        isPassing = beginsFailed ? false : nil
    }

    /// Counts a result.
    ///
    /// - Returns: whether the script passes, where that is new.
    mutating func count(_ passed: Bool) -> Bool? {
        guard let former = isPassing else {
            isPassing = passed
            return passed
        }
        guard passed != former else {
            contrary = 0
            return nil
        }
        contrary += 1
        guard contrary >= (passed ? rise : fall) else { return nil }
        contrary = 0
        isPassing = passed
        return passed
    }
}
