import Configuration
import Dialogues
import Director

/// What keepalived says of the checks of one kind.
struct CheckLines {
    /// The names of the checks.
    enum Kind {
        case tcp, http, smtp, dns, program, datagram, echo, file
        /// One that keepalived does not have.
        case other
    }

    let kind: Kind
    let check: ServerCheck

    init(_ check: ServerCheck) {
        self.check = check
        kind =
            switch check.probe.method {
            case .connect: .tcp
            case .ping, .echo: .echo
            case .external: .program
            case .file: .file
            case .negotiate(let negotiation), .combined(_, _, let negotiation):
                switch negotiation.dialogue {
                case .http: .http
                case .smtp, .smtpHello: .smtp
                case .dns, .dnsStatus: .dns
                case .datagram: .datagram
                case .pop, .imap, .ftp, .nntp, .ldap, .mysql, .postgreSQL, .radius, .simpleTCP, .sip, .tls: .other
                }
            case .alwaysDown: .other
            }
    }

    /// Its name in mails.
    var mailName: String {
        switch kind {
        case .tcp: "TCP CHECK"
        case .datagram: "UDP CHECK"
        case .echo: "ICMP CHECK"
        case .dns: "DNS_CHECK:"
        case .program: "MISC CHECK"
        case .http, .smtp, .file, .other: "CHECK"
        }
    }

    /// The program of a check, as it is named.
    var program: String {
        if case .external(let check) = check.probe.method { check.program } else { "" }
    }

    /// The path of a file whose number counts.
    private var trackedFile: String {
        if case .file(let file) = check.probe.method { file.path } else { "" }
    }

    /// The path that is asked for over HTTP.
    var path: String {
        guard case .negotiate(let negotiation) = check.probe.method, case .http(let request) = negotiation.dialogue
        else {
            return ""
        }
        return request.target
    }

    // MARK: Lines

    /// The lines that say that it has passed from now on.
    ///
    /// - Parameters:
    ///   - isFirst: whether nothing was known by it before.
    ///   - isLast: whether no further check of the server asks the same in the same way.
    func passed(_ subject: KeepalivedVoice.Subject, isFirst: Bool, isLast: Bool) -> [String] {
        let (name, virtualName) = (subject.name, subject.virtualName)
        switch kind {
        case .tcp: return ["TCP connection to \(name) success."]
        case .datagram: return ["UDP connection to \(name) success."]
        case .echo: return ["ICMP connection to \(name) success."]
        case .http:
            let status = isFirst ? [] : ["HTTP status code success to \(name) url(\(path))"]
            return isFirst && !isLast ? [] : status + ["Remote Web server \(name) succeed on service."]
        case .smtp: return ["Remote SMTP server \(name) succeed on service."]
        case .program: return ["Misc check for [\(name) VS \(virtualName)] by [\(program)] succeeded."]
        case .dns: return []
        case .file: return isFirst ? [] : ["(\(name)): tracked file \(trackedFile) leaving FAULT state"]
        case .other: return ["Check of service \(name) of VS \(virtualName) succeeded."]
        }
    }

    /// The line that says that it is failed from now on.
    ///
    /// - Parameter failures: how many in a row that took.
    func failed(_ result: CheckResult, _ subject: KeepalivedVoice.Subject, failures: Int) -> [String] {
        let (name, virtualName) = (subject.name, subject.virtualName)
        let retries = failures > 1 ? " after \(failures - 1) retries" : ""
        switch kind {
        case .tcp: return ["TCP_CHECK on service \(name) failed\(retries)."]
        case .datagram: return ["UDP_CHECK on service \(name) failed\(retries)."]
        case .echo: return ["ICMP CHECK on service \(name) of \(virtualName) failed\(retries)."]
        case .http: return ["HTTP_CHECK on service \(name) failed\(retries)."]
        case .smtp: return ["SMTP_CHECK \(smtpReason(of: result)) server \(check.probe.target.bracketed)"]
        case .dns: return ["DNS_CHECK (\(name)) \(dnsReason(of: result))"]
        case .program:
            let manner = check.failureCount > 1 ? "failed\(retries)" : "failed with retry disabled"
            return ["Misc check for [\(name) VS \(virtualName)] by [\(program)] \(programEnd(of: result, manner))."]
        case .file: return ["(\(name)): tracked file \(trackedFile) now FAULT state"]
        case .other: return ["Check of service \(name) of VS \(virtualName) failed\(retries): \(result.reason)"]
        }
    }

    /// The line about a single failure.
    func failing(_ result: CheckResult, _ subject: KeepalivedVoice.Subject) -> String {
        let (name, virtualName) = (subject.name, subject.virtualName)
        let manner = result.isTimeout ? "timeout" : "failed"
        switch kind {
        case .tcp: return "TCP connection to \(name) \(manner)."
        case .datagram: return "UDP connection to \(name) \(manner)."
        case .echo: return "ICMP connection to \(name) \(manner)."
        case .http:
            if case .dialogue(.status) = result.layer { return "HTTP status code error to server \(name)." }
            return "HTTP_CHECK on service \(name): \(result.reason)"
        case .smtp: return "SMTP_CHECK \(smtpReason(of: result)) server \(check.probe.target.bracketed)"
        case .dns: return "DNS_CHECK (\(name)) \(dnsReason(of: result))"
        case .program:
            return "Misc check for [\(name) VS \(virtualName)] by [\(program)] \(programEnd(of: result, "failed"))."
        case .file, .other: return "Check of service \(name) of VS \(virtualName) failed: \(result.reason)"
        }
    }

    /// What a mail has behind the name of the check for its failure.
    func mailFailure(_ result: CheckResult) -> String {
        switch kind {
        case .http: "failed on service : HTTP request failed"
        case .smtp: "failed on service : \(smtpReason(of: result)) server \(check.probe.target.bracketed)"
        case .program where result.isTimeout: "timed out on service"
        case .tcp, .datagram, .echo, .dns, .program, .file, .other: "failed on service"
        }
    }

    /// The same for its success.
    var mailSuccess: String { kind == .program ? "succeeded on service" : "succeed on service" }

    // MARK: Reasons

    /// Up to the word `server`.
    private func smtpReason(of result: CheckResult) -> String {
        switch result.layer {
        case .transport(.timeout), .transport(.refused), .transport(.unreachable), .transport(.systemError):
            "Could not connect to"
        case .dialogue(.timeout): "Read timeout from"
        case .transport, .dialogue(.closed), .dialogue(.reset): "Read failure from"
        case .dialogue where result.text.contains("HELO"): "Bad HELO response from"
        default: "Bad greeting banner from"
        }
    }

    private func dnsReason(of result: CheckResult) -> String {
        switch result.layer {
        case .dialogue(.status(let code)): "read error occurred. (rcode = \(code))"
        case .transport(.timeout), .dialogue(.timeout): "read timeout from socket"
        case .transport(.refused): "failed to read socket; errno 111 (Connection refused)"
        default: "failed: \(result.reason)"
        }
    }

    private func programEnd(of result: CheckResult, _ manner: String) -> String {
        switch result.layer {
        case .program(.timeout): "timed out"
        case .program(.exit(let status)): "\(manner) (exited with status \(status))"
        case .program(.signal(let number)): "\(manner) (due to signal \(number))"
        default: "\(manner) (\(result.reason))"
        }
    }
}

extension CheckResult {
    /// Whether nobody answered in time.
    fileprivate var isTimeout: Bool {
        switch layer {
        case .echo(.timeout), .transport(.timeout), .security(.timeout), .dialogue(.timeout), .program(.timeout): true
        default: false
        }
    }
}
