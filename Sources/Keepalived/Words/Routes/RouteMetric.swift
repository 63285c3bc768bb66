/// A number of a route that TCP goes by, under the word of `ip route`; `number` is that of the kernel (`RTAX_…`).
enum RouteMetric: String, CaseIterable, Sendable {
    case mtu, window, rtt, rttvar, ssthresh, cwnd, advmss, reordering, hoplimit, initcwnd, features
    case minimumTimeout = "rto_min"
    case initrwnd, quickack
    case fastOpenWithoutCookie = "fastopen_no_cookie"

    /// The metric whose bits say which others are locked.
    static let lock: UInt16 = 1

    var number: UInt16 {
        switch self {
        case .mtu: 2
        case .window: 3
        case .rtt: 4
        case .rttvar: 5
        case .ssthresh: 6
        case .cwnd: 7
        case .advmss: 8
        case .reordering: 9
        case .hoplimit: 10
        case .initcwnd: 11
        case .features: 12
        case .minimumTimeout: 13
        case .initrwnd: 14
        case .quickack: 15
        case .fastOpenWithoutCookie: 17
        }
    }

    /// The value that a text stands for; nil for none.
    func value(_ text: String) -> UInt32? {
        switch self {
        case .features: return text == "ecn" ? 1 : nil
        // The kernel counts the first in eighths of a millisecond, the second in quarters.
        case .rtt: return Self.milliseconds(text).flatMap { $0.isRaw ? $0.value : Self.scaled($0.value, 8) }
        case .rttvar: return Self.milliseconds(text).flatMap { $0.isRaw ? $0.value : Self.scaled($0.value, 4) }
        case .minimumTimeout: return Self.milliseconds(text)?.value
        case .hoplimit: return Self.number(text, to: 255)
        case .quickack, .fastOpenWithoutCookie: return Self.number(text, to: 1)
        default: return Self.number(text, to: .max)
        }
    }

    /// What is said of a wrong value.
    var expected: String {
        switch self {
        case .features: "ecn"
        case .rtt, .rttvar, .minimumTimeout: "a number, or one with s or ms behind it"
        case .hoplimit: "a number from 0 to 255"
        case .quickack, .fastOpenWithoutCookie: "0 or 1"
        default: "a number from 0 to \(UInt32.max)"
        }
    }

    /// The text of a value that `value` reads as it.
    func text(_ value: UInt32) -> String {
        switch self {
        case .features: "ecn"
        case .minimumTimeout: "\(value)ms"
        default: String(value)
        }
    }

    private static func number(_ text: String, to most: UInt32) -> UInt32? {
        guard case .number(let number) = NumberText.whole(text) else { return nil }
        return UInt32(exactly: number).flatMap { $0 <= most ? $0 : nil }
    }

    /// A time in milliseconds, and whether no unit stands behind it.
    private static func milliseconds(_ text: String) -> (value: UInt32, isRaw: Bool)? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = number(String(digits), to: .max) else { return nil }
        switch text[digits.endIndex...] {
        case "": return (number, true)
        case "s", "sec", "secs": return scaled(number, 1000).map { ($0, false) }
        case "ms", "msec", "msecs": return (number, false)
        default: return nil
        }
    }

    private static func scaled(_ value: UInt32, _ factor: UInt32) -> UInt32? {
        let (product, overflows) = value.multipliedReportingOverflow(by: factor)
        return overflows ? nil : product
    }
}
