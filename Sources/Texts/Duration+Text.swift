extension Duration {
    /// Seconds with up to six decimals, as few as there are: `5`, `0.25`.
    package var secondsText: String {
        let (seconds, rest) = components
        let micros = rest / 1_000_000_000_000
        guard micros > 0 else { return String(seconds) }
        var digits = String(micros + 1_000_000).dropFirst()
        while digits.last == "0" { digits = digits.dropLast() }
        return "\(seconds).\(digits)"
    }
}
