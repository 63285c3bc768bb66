import Configuration
import Director
import Time

/// Bounds how many mails go out: when too many servers change, one mail for each alert stands for the rest.
struct MailStorm: Sendable {
    /// The mails that go out one by one.
    static let burst = 100.0
    /// How many more each second.
    static let rate = 1.0 / 6
    /// The time that one mail sums up.
    static let period = Duration.seconds(60)
    /// The most subjects in it.
    static let listed = 200
    /// The most alerts that are summed up at a time.
    static let alerts = 100

    private struct Held: Sendable {
        var subjects: [String] = []
        var count = 0
    }

    private var allowance = Allowance(burst: Self.burst, rate: Self.rate)
    private var held: [MailAlert: Held] = [:]
    /// The alerts in the order of their first mail.
    private var order: [MailAlert] = []
    /// When what is held is summed up; nil while nothing is.
    private(set) var due: MonotonicTime?
    /// The mails that were dropped since the last sum, as there were too many alerts.
    private(set) var droppedCount = 0

    init() {}

    /// Takes a mail.
    ///
    /// - Returns: whether it may go out by itself.
    mutating func admit(_ mail: Mail, at now: MonotonicTime) -> Bool {
        // A mail that went out by itself would overtake those of its alert that are held.
        if held[mail.alert] == nil, allowance.admit(at: now) { return true }
        if due == nil { due = now + Self.period }
        guard held[mail.alert] != nil || held.count < Self.alerts else {
            droppedCount += 1
            return false
        }
        if held[mail.alert] == nil { order.append(mail.alert) }
        held[mail.alert, default: Held()].count += 1
        if held[mail.alert, default: Held()].subjects.count < Self.listed {
            held[mail.alert]?.subjects.append(mail.subject)
        }
        return false
    }

    /// The mails that are held, alert by alert; they are held no longer then.
    mutating func release() -> [HeldMails] {
        defer {
            held = [:]
            order = []
            due = nil
            droppedCount = 0
        }
        return order.compactMap { alert in
            held[alert].map { HeldMails(alert: alert, subjects: $0.subjects, count: $0.count) }
        }
    }
}
