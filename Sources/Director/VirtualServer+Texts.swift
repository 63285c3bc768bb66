import Addresses
import Configuration
import IPVS

// How a virtual server and what belongs to it are called in logs, mails and commands.

extension ServiceKey {
    /// `10.0.0.1:80`, or the number of the mark.
    var text: String {
        switch self {
        case .endpoint(_, let endpoint): endpoint.description
        case .mark(let mark, _): "\(mark)"
        }
    }

    /// `tcp:10.0.0.1:80`, `fwm:1`, `fwm6:1`.
    var identity: String {
        switch self {
        case .endpoint: "\(transportText):\(text)"
        case .mark(let mark, let family): "\(family == .ipv6 ? "fwm6" : "fwm"):\(mark)"
        }
    }

    /// `tcp`, `udp` or `fwm`.
    var transportText: String {
        switch transport {
        case nil: "fwm"
        case .udp?: "udp"
        case .sctp?: "sctp"
        default: "tcp"
        }
    }
}

extension RealServer {
    /// Address and port as the file has them.
    var text: String {
        Endpoint(address: destination.endpoint.address, port: configuredPort).description
    }

    /// Address and port as the kernel has them, and where they come from.
    var kernelText: String {
        destination.endpoint.port == configuredPort
            ? text : "\(destination.endpoint) mapped from \(text)"
    }
}

extension VirtualServer {
    /// The line that a shell runs for the fallback; nil where there is no command.
    func fallbackCommand(_ word: FallbackWord) -> FallbackCommand? {
        guard let fallbackCommand else { return nil }
        let place =
            switch service.key {
            case .endpoint(_, let endpoint): endpoint.description
            case .mark: ":0"
            }
        return FallbackCommand(line: "\(fallbackCommand) \(word.rawValue) \(place) \(service.key.transportText)")
    }

    /// The mail about an event; nil where nobody wants one in that phase.
    func mail(about text: String, in phase: MailAlert.Phases) -> Mail? {
        guard let mail, !mail.recipients.isEmpty, mail.phases.contains(phase) else { return nil }
        let subject = name.map { "[\($0)] \(text)" } ?? text
        var lines = ["Log-Message: \(subject)", "Daemon-Status: \(phase.word)"]
        if name != nil || comment != nil { lines.append("") }
        if let name { lines.append("Service name: \(name)") }
        if let comment { lines.append("Comment: \(comment)") }
        return Mail(alert: mail, subject: subject, lines: lines)
    }
}

extension MailAlert.Phases {
    /// The name of a single phase.
    package var word: String {
        switch self {
        case .starting: "starting"
        case .stopping: "stopping"
        case .reloading: "reloading"
        default: "running"
        }
    }
}
