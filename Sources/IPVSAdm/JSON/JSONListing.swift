import Addresses
package import IPVS
import Rules
package import Texts

/// The answers of `-L --json`.
///
/// Every answer is one object with `"format": 1`. Members may be added under this number; none changes its meaning or goes away.
/// Numbers are whole, unscaled and of up to 64 bits; times are seconds, rates are per second, addresses are numeric.
///
/// | asked for | members besides `format` |
/// |---|---|
/// | `-L` | `kernel`, `services`, `daemons`, `timeouts` |
/// | `-L` of one service | `kernel`, `services` |
/// | `-L -c` | `connections` |
/// | `-L --daemon` | `daemons` |
/// | `-L --timeout` | `timeouts` |
///
/// - `kernel`: `version`, a string; `connectionTableSize`
/// - `timeouts`: `tcp`, `tcpFin`, `udp`
/// - `daemons`: each with `role`, `master` or `backup`; `interface`; `syncID`; and `maximumLength`, `group`, `port`,
///   `timeToLive`, null when the kernel does not tell
/// - `services`: see ``JSONServiceListing``; `connections`: see ``JSONConnectionListing``
package enum JSONListing {
    /// Opens the answer.
    package static func begin(_ json: inout JSONWriter) {
        json.beginObject()
        json.member("format", UInt32(1))
    }

    /// Closes it.
    package static func end(_ json: inout JSONWriter) {
        json.endObject()
    }

    package static func append(_ information: KernelInformation, to json: inout JSONWriter) {
        json.key("kernel")
        json.object {
            $0.member("version", information.version)
            $0.member("connectionTableSize", information.connectionTableSize)
        }
    }

    package static func append(_ timeouts: Timeouts, to json: inout JSONWriter) {
        json.key("timeouts")
        json.object {
            $0.member("tcp", timeouts.tcp)
            $0.member("tcpFin", timeouts.tcpFin)
            $0.member("udp", timeouts.udp)
        }
    }

    package static func append(_ daemons: [SyncDaemon], to json: inout JSONWriter) {
        json.key("daemons")
        json.array { json in
            for daemon in daemons { json.object { append(daemon, to: &$0) } }
        }
    }

    private static func append(_ daemon: SyncDaemon, to json: inout JSONWriter) {
        json.member("role", daemon.role.name)
        json.member("interface", daemon.interface)
        json.member("syncID", daemon.syncID)
        if let length = daemon.maximumLength {
            json.member("maximumLength", length)
        } else {
            json.nullMember("maximumLength")
        }
        if let group = daemon.group {
            json.member("group", group.description)
        } else {
            json.nullMember("group")
        }
        if let port = daemon.port {
            json.member("port", port)
        } else {
            json.nullMember("port")
        }
        if let timeToLive = daemon.timeToLive {
            json.member("timeToLive", timeToLive)
        } else {
            json.nullMember("timeToLive")
        }
    }
}
