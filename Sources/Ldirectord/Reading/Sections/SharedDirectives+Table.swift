import Configuration

extension SharedDirectives {
    /// How directives are read that a file can have for all and for one virtual server.
    ///
    /// ldirectord's words for a bad number end in ` value` where it is for all.
    static func known<Section>(
        _ shared: any WritableKeyPath<Section, SharedDirectives> & Sendable,
        isGlobal: Bool
    ) -> [String: DirectiveTable<Section>.Reading] {
        let value = isGlobal ? " value" : ""
        return [
            "checktimeout": {
                $0[keyPath: shared].checkTimeout =
                    $1.time(refusal: "invalid check timeout" + value, into: &$2) ?? $0[keyPath: shared].checkTimeout
            },
            "negotiatetimeout": {
                $0[keyPath: shared].negotiateTimeout =
                    $1.time(refusal: "invalid negotiate timeout" + value, into: &$2)
                    ?? $0[keyPath: shared].negotiateTimeout
            },
            "checkinterval": {
                $0[keyPath: shared].checkInterval =
                    $1.time(
                        refusal: isGlobal ? "invalid check interval value" : "invalid checkinterval",
                        least: .milliseconds(10),
                        into: &$2
                    ) ?? $0[keyPath: shared].checkInterval
            },
            "checkcount": {
                $0[keyPath: shared].checkCount = $1.count(refusal: "invalid check count" + value, into: &$2)
                $2.warning(
                    "checkcount is deprecated, and counts the echoes of one ping only",
                    at: $1.namePlace,
                    expected: "failurecount",
                    note: "ldirectord says: checkcount option is deprecated and slated for removal.  "
                        + "please see 'failurecount'"
                )
            },
            "failurecount": {
                $0[keyPath: shared].failureCount = $1.count(refusal: "invalid failure count" + value, into: &$2)
            },
            "fallbackcommand": {
                let refusal = "invalid fallback command"
                $0[keyPath: shared].fallbackCommand =
                    isGlobal
                    ? $1.globalCommand(refusal: refusal, into: &$2)
                    : $1.perhapsQuoted(refusal: refusal, isCommand: true, into: &$2)
                $0[keyPath: shared].fallbackCommandPlace = $1.place
            },
            "quiescent": { $0[keyPath: shared].isQuiescent = $1.boolean(into: &$2) },
            "cleanstop": { $0[keyPath: shared].isRemovedAtStop = $1.boolean(into: &$2) },
            "emailalert": { $0[keyPath: shared].recipients = $1.recipients(into: &$2) },
            "emailalertfreq": {
                $0[keyPath: shared].mailRepetition =
                    $1.time(refusal: "invalid email alert frequency", isZeroAllowed: true, into: &$2)
            },
            "emailalertstatus": { $0[keyPath: shared].mailPhases = $1.phases(into: &$2) },
            "smtp": { $0[keyPath: shared].mailServer = $1.mailServer(into: &$2) },
            "timeout": {
                $2.error(
                    "timeout directive deprecated in favour of checktimeout and negotiatetimeout",
                    at: $1.namePlace,
                    expected: "checktimeout or negotiatetimeout"
                )
                _ = $0
            },
            "connecttimeout": {
                $2.error(
                    "connecttimeout directive deprecated in favour of negotiatetimeout",
                    at: $1.namePlace,
                    expected: "negotiatetimeout"
                )
                _ = $0
            },
        ]
    }

    /// The same for directives that ldirectord does not have.
    static func new<Section>(
        _ shared: any WritableKeyPath<Section, SharedDirectives> & Sendable
    ) -> [String: DirectiveTable<Section>.Reading] {
        [
            "risecount": { $0[keyPath: shared].riseCount = $1.count(refusal: "invalid rise count", into: &$2) },
            "redirect": {
                $0[keyPath: shared].redirects = $1.word(of: HTTPRequest.RedirectPolicy.self, into: &$2)
            },
            "tlsverify": { $0[keyPath: shared].verifiesCertificate = $1.boolean(into: &$2) },
            "tlscafile": {
                $0[keyPath: shared].trustedCertificates = $1.perhapsQuoted(refusal: "no file named", into: &$2)
            },
            "checkbodylimit": { $0[keyPath: shared].bodyLimit = $1.byteCount(into: &$2) },
            "schedfallback": { $0[keyPath: shared].passesOverServers = $1.boolean(into: &$2) },
            "reconcile": { $0[keyPath: shared].reconciliation = $1.word(of: Reconciliation.self, into: &$2) },
        ]
    }
}

extension DirectiveLine {
    /// A command for all virtual servers: the rest of the line.
    ///
    /// ldirectord keeps quotation marks here, so that a shell takes what they enclose for one word.
    fileprivate func globalCommand(refusal: String, into findings: inout Findings) -> String? {
        guard let text = text(refusal: refusal, isCommand: true, into: &findings) else { return nil }
        if text.hasPrefix("\""), text.hasSuffix("\""), text.utf8.count > 2 {
            findings.warning(
                "the quotation marks are part of the command here: a shell takes what they enclose for one word",
                at: place
            )
        }
        return text
    }

    /// The host that mail goes to: `smtp`.
    fileprivate func mailServer(into findings: inout Findings) -> String? {
        let host = value.prefix(while: \.isOfHost)
        guard !host.isEmpty else {
            findings.error("invalid SMTP server address", at: place, expected: "a host name or an IPv4 address")
            return nil
        }
        let rest = host.endIndex..<range.upperBound
        if !rest.isEmpty, line.bytes[rest].drop(while: \.isBlank).first != UInt8(ascii: "#") {
            findings.warning("nothing behind the name of the host counts", at: Place(line: line, range: rest))
        }
        return String(decoding: host, as: UTF8.self)
    }
}
