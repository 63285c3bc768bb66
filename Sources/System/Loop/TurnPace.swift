import Time

/// How far apart the turns of a loop are held while one follows the other without a rest.
struct TurnPace {
    /// The time from one turn to the next; zero holds none apart.
    var spacing = Duration.zero
    /// The moment from which turns would be due if each had come `spacing` after the one before.
    private var evenMoment = MonotonicTime(nanoseconds: 0)

    /// The turns that a loop makes freely after a rest.
    static let freeTurns = 16
    /// The longest sleep before one turn; below a second.
    private static let longestRest = Duration.milliseconds(100)

    /// Takes note of a turn that would begin at a moment, and gives the time to sleep before it.
    mutating func rest(before moment: MonotonicTime) -> Duration {
        let earliest = evenMoment + spacing * -Self.freeTurns
        evenMoment = max(evenMoment, moment) + spacing
        return min(max(earliest - moment, .zero), Self.longestRest)
    }
}
