package import Configuration
package import HealthChecks
package import IPVS

/// What a director wants done, in order.
package enum DirectorAction: Hashable, Sendable {
    /// Carry these changes out and tell what became of them.
    ///
    /// There is one such action at a time: the next one comes after the report of this one.
    case apply(Changeset)
    /// Read the kernel's table and tell it; where it cannot be read nothing is told, and it is asked for again later.
    case readTable
    /// Make these checks from now on, each at its own interval, and no others; those that were made before go on.
    case schedule([ScheduledCheck])
    /// Write a line to the log.
    case log(String)
    /// Write a line about a check's result to a monitor file.
    case record(MonitorLine)
    /// Send a mail.
    case send(Mail)
    /// Run the command of a fallback.
    case run(FallbackCommand)
    /// The first verdict on every server is there, and the table says so as far as the kernel takes it; after the start
    /// and after every reload.
    case ready
    /// The table is as it shall be left, and the director has nothing more to do.
    case stopped
}

/// A line of a monitor file, but for the time and the process that are written before it.
package struct MonitorLine: Hashable, Sendable {
    /// The path of the file.
    package let file: String
    /// Identity, `[up]` or `[down]`, and the text of the result.
    package let text: String

    /// Makes a line for that file.
    package init(file: String, text: String) {
        self.file = file
        self.text = text
    }
}

/// A mail about a change, but for the sender and the date.
package struct Mail: Hashable, Sendable {
    /// To whom, and how.
    package let alert: MailAlert
    /// The subject, any text.
    package let subject: String
    /// The lines of the body, but for the name of the host.
    package let lines: [String]

    /// Makes a mail.
    package init(alert: MailAlert, subject: String, lines: [String]) {
        self.alert = alert
        self.subject = subject
        self.lines = lines
    }
}

/// The command of a fallback, for a shell: `COMMAND start|stop ADDRESS:PORT PROTOCOL`.
package struct FallbackCommand: Hashable, Sendable {
    /// The whole line.
    package let line: String

    /// Makes a command of that line.
    package init(line: String) {
        self.line = line
    }
}
