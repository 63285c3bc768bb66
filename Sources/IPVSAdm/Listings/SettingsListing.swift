import Addresses
package import IPVS
package import Texts

/// The listings of what is set for the whole of IPVS.
package enum SettingsListing {
    /// Appends the line of `-L --timeout`.
    package static func append(_ timeouts: Timeouts, to text: inout TextBuffer) {
        text.append("Timeout (tcp tcpfin udp): ")
        text.append(timeouts.tcp)
        text.append(" ")
        text.append(timeouts.tcpFin)
        text.append(" ")
        text.append(timeouts.udp)
        text.append("\n")
    }

    /// Appends one line of `-L --daemon`; what the kernel did not tell is left out.
    package static func append(_ daemon: SyncDaemon, to text: inout TextBuffer) {
        text.append(daemon.role.name)
        text.append(" sync daemon (mcast=")
        text.append(daemon.interface)
        text.append(", syncid=")
        text.append(daemon.syncID)
        if let length = daemon.maximumLength {
            text.append(", maxlen=")
            text.append(length)
        }
        if let group = daemon.group {
            text.append(", group=")
            text.append(group.description)
        }
        if let port = daemon.port {
            text.append(", port=")
            text.append(port)
        }
        if let timeToLive = daemon.timeToLive {
            text.append(", ttl=")
            text.append(timeToLive)
        }
        text.append(")\n")
    }
}
