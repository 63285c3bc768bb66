import Glibc
package import Time

/// Tells systemd how the service is: `sd_notify`.
package final class Notifier {
    private let socket: UnixDatagramSocket
    /// The time within which systemd wants to hear something; nil when it does not watch.
    package let watchdogPeriod: Duration?

    /// The socket that the environment names, if any; takes it out of the environment, so that no child speaks for us.
    package static func fromEnvironment() -> Notifier? {
        guard let path = Machine.variable("NOTIFY_SOCKET") else { return nil }
        var period: Duration?
        if let microseconds = Machine.variable("WATCHDOG_USEC").flatMap({ Int64($0) }), microseconds > 0,
            Machine.variable("WATCHDOG_PID").map({ $0 == "\(getpid())" }) ?? true
        {
            period = .microseconds(microseconds)
        }
        for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] { unsetenv(name) }
        return Notifier(path: path, watchdogPeriod: period)
    }

    /// Speaks to the socket at a path, or with an abstract name where it begins with `@`.
    ///
    /// Nil when that is no such path.
    package init?(path: String, watchdogPeriod: Duration? = nil) {
        guard path.hasPrefix("/") || path.hasPrefix("@"), let socket = try? UnixDatagramSocket(to: path) else {
            return nil
        }
        self.socket = socket
        self.watchdogPeriod = watchdogPeriod
    }

    /// The first full round of checks is over, or the reload.
    package func ready(_ status: String) { send("READY=1\nSTATUS=\(status)\nMAINPID=\(getpid())") }

    /// The configuration is being read again.
    package func reloading(at now: MonotonicTime) {
        send("RELOADING=1\nMONOTONIC_USEC=\(now.nanoseconds / 1000)\nSTATUS=Reading the configuration again")
    }

    /// The director is ending.
    package func stopping() { send("STOPPING=1\nSTATUS=Stopping") }

    /// The loop turns.
    package func alive() { send("WATCHDOG=1") }

    /// A word for people.
    package func status(_ text: String) { send("STATUS=\(text)") }

    private func send(_ text: String) {
        // systemd alone was to be told, so that a failure has no other reader.
        try? socket.send(text)
    }
}
