import Addresses
package import IPVS
import Texts

/// Writes services, servers and changes as the lines that `-S` prints and `-R` reads.
///
/// What the language cannot say is written so that the line stays close to the truth: forwarding methods without a
/// letter as `-g`, kinds of tunnels without a name without `--tun-` options, protocols without an option as
/// `--xxx-service`, which no reader takes. A kernel returns these only when other programs have put them there.
package struct RuleWriter {
    private let names: (any NameService)?

    /// Makes a writer that shows hosts and ports by name where `names` knows one, or always as numbers.
    ///
    /// Hosts with IPv6 addresses are numbers always, for they are not looked up when rules are read.
    package init(names: (any NameService)? = nil) {
        self.names = names
    }

    /// Appends the lines of services with their servers, in this order, then of timeouts and daemons.
    package func write(_ table: Table, to buffer: inout [UInt8]) {
        for entry in table.entries {
            write(entry.service, to: &buffer)
            for destination in entry.destinations { write(destination, of: entry.service.key, to: &buffer) }
        }
        if let timeouts = table.timeouts { write(.setTimeouts(timeouts), to: &buffer) }
        for role in SyncDaemon.Role.allCases {
            guard let daemon = table.daemons[role] else { continue }
            write(.startDaemon(daemon), to: &buffer)
        }
    }

    /// Appends the lines of services with their servers, in this order.
    package func write(_ snapshot: Snapshot, to buffer: inout [UInt8]) {
        for status in snapshot.services { write(status, order: Array(status.destinations.indices), to: &buffer) }
    }

    /// Appends a line for each change.
    package func write(_ changes: Changeset, to buffer: inout [UInt8]) {
        for change in changes.changes { write(change, to: &buffer) }
    }

    /// Appends the `-A` line of a service.
    package func write(_ service: VirtualService, to buffer: inout [UInt8]) {
        write(.addService(service), to: &buffer)
    }

    /// Appends the `-a` line of a server.
    package func write(_ destination: Destination, of key: ServiceKey, to buffer: inout [UInt8]) {
        write(.addDestination(destination, to: key), to: &buffer)
    }

    /// Appends the lines of a service and of those of its servers whose places `order` has, in that order.
    package func write(_ status: ServiceStatus, order: [Int], to buffer: inout [UInt8]) {
        let key = status.service.key
        write(status.service, to: &buffer)
        // All of them begin alike.
        var start: [UInt8] = []
        start.append("-a ")
        append(key, to: &start)
        start.append(" -r ")
        for place in order {
            let destination = status.destinations[place].destination
            if appendPlain(destination, after: start, to: &buffer) { continue }
            buffer.append(contentsOf: start)
            append(destination.endpoint, key.transport, to: &buffer)
            appendValues(of: destination, to: &buffer)
            buffer.append(UInt8(ascii: "\n"))
        }
    }

    /// Appends the line of a server of the kind that tables are full of, in one go.
    ///
    /// - Returns: whether it is of that kind.
    private func appendPlain(_ destination: Destination, after start: [UInt8], to buffer: inout [UInt8]) -> Bool {
        guard names == nil, case .v4(let address) = destination.endpoint.address, destination.weight >= 0,
            destination.forwarding == .masquerade || destination.forwarding == .directRoute,
            destination.upperThreshold == 0, destination.lowerThreshold == 0
        else { return false }
        buffer.append(contentsOf: start)
        buffer.append(addingCapacity: 40) { room in
            room.append(address, port: destination.endpoint.port)
            room.append(destination.forwarding == .masquerade ? " -m -w " : " -g -w ")
            room.append(decimal: UInt64(destination.weight.magnitude))
            room.append(UInt8(ascii: "\n"))
        }
        return true
    }

    /// Appends the line of a change.
    package func write(_ change: Change, to buffer: inout [UInt8]) {
        appendLine(change, to: &buffer)
        buffer.append(UInt8(ascii: "\n"))
    }

    /// A change as people see it, without a newline.
    package func text(of change: Change) -> String {
        var buffer: [UInt8] = []
        appendLine(change, to: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }

    private func appendLine(_ change: Change, to buffer: inout [UInt8]) {
        switch change {
        case .addService(let service):
            buffer.append("-A ")
            append(service, to: &buffer)
        case .editService(let service):
            buffer.append("-E ")
            append(service, to: &buffer)
        case .deleteService(let key):
            buffer.append("-D ")
            append(key, to: &buffer)
        case .addDestination(let destination, let key):
            buffer.append("-a ")
            append(destination, of: key, to: &buffer)
        case .editDestination(let destination, let key):
            buffer.append("-e ")
            append(destination, of: key, to: &buffer)
        case .deleteDestination(let endpoint, let key):
            buffer.append("-d ")
            append(endpoint, of: key, to: &buffer)
        case .zero(let key):
            buffer.append("-Z")
            guard let key else { return }
            buffer.append(" ")
            append(key, to: &buffer)
        case .flush: buffer.append("-C")
        case .setTimeouts(let timeouts):
            buffer.append("--set")
            buffer.append(" ", timeouts.tcp)
            buffer.append(" ", timeouts.tcpFin)
            buffer.append(" ", timeouts.udp)
        case .startDaemon(let daemon): append(daemon, to: &buffer)
        case .stopDaemon(let role):
            buffer.append("--stop-daemon ")
            buffer.append(role.name)
        }
    }
}

extension RuleWriter {
    private func append(_ service: VirtualService, to buffer: inout [UInt8]) {
        append(service.key, to: &buffer)
        append(" -s", service.scheduler.isEmpty ? "none" : service.scheduler, to: &buffer)
        if let persistence = service.persistence {
            buffer.append(" -p ", persistence.timeout)
            if !persistence.netmask.isHost {
                buffer.append(" -M ")
                switch persistence.netmask {
                case .ipv4(let mask): buffer.append(mask)
                case .ipv6(let length): buffer.append(decimal: UInt64(length))
                }
            }
        }
        if let engine = service.persistenceEngine {
            append(" --pe", engine, to: &buffer)
        }
        if service.isOnePacket { buffer.append(" -o") }
        guard !service.schedulerFlags.isEmpty else { return }
        let names = service.schedulerFlags.names(of: service.scheduler)
        guard !names.isEmpty else { return }
        buffer.append(" -b ")
        buffer.append(names.joined(separator: ","))
    }

    private func append(_ destination: Destination, of key: ServiceKey, to buffer: inout [UInt8]) {
        append(destination.endpoint, of: key, to: &buffer)
        appendValues(of: destination, to: &buffer)
    }

    private func appendValues(of destination: Destination, to buffer: inout [UInt8]) {
        switch destination.forwarding {
        case .masquerade: buffer.append(" -m")
        case .tunnel: buffer.append(" -i")
        default: buffer.append(" -g")
        }
        buffer.append(" -w ")
        if destination.weight < 0 { buffer.append(UInt8(ascii: "-")) }
        buffer.append(decimal: UInt64(destination.weight.magnitude))
        if destination.upperThreshold != 0 { buffer.append(" -x ", destination.upperThreshold) }
        if destination.lowerThreshold != 0 { buffer.append(" -y ", destination.lowerThreshold) }
        if destination.forwarding == .tunnel { append(destination.tunnel, to: &buffer) }
    }

    private func append(_ tunnel: Tunnel, to buffer: inout [UInt8]) {
        guard let name = TunnelNames.name(tunnel.kind) else { return }
        buffer.append(" --tun-type ")
        buffer.append(name)
        if tunnel.kind == .ipip { return }
        if tunnel.kind == .gue { buffer.append(" --tun-port ", UInt32(tunnel.port)) }
        // Of numbers without an option the flags that have one are written; remote checksums are gue's alone.
        if tunnel.checksum.rawValue & Tunnel.Checksum.on.rawValue != 0 {
            buffer.append(" --tun-csum")
        } else if tunnel.checksum.rawValue & Tunnel.Checksum.remote.rawValue != 0, tunnel.kind == .gue {
            buffer.append(" --tun-remcsum")
        } else {
            buffer.append(" --tun-nocsum")
        }
    }

    private func append(_ daemon: SyncDaemon, to buffer: inout [UInt8]) {
        buffer.append("--start-daemon ")
        buffer.append(daemon.role.name)
        append(" --mcast-interface", daemon.interface, to: &buffer)
        buffer.append(" --syncid ", daemon.syncID)
        if let length = daemon.maximumLength { buffer.append(" --sync-maxlen ", UInt32(length)) }
        if let group = daemon.group {
            buffer.append(" --mcast-group ")
            buffer.append(group.description)
        }
        if let port = daemon.port { buffer.append(" --mcast-port ", UInt32(port)) }
        if let timeToLive = daemon.timeToLive { buffer.append(" --mcast-ttl ", UInt32(timeToLive)) }
    }

    /// Appends an option with a name that others chose, in one word where it would not be read as a value by itself.
    private func append(_ option: String, _ name: String, to buffer: inout [UInt8]) {
        let isPlain = name != "ipvsadm" && name.utf8.first.map { $0 != UInt8(ascii: "#") } ?? false
        buffer.append(option)
        buffer.append(isPlain ? " " : "=")
        buffer.append(name)
    }
}

extension RuleWriter {
    private func append(_ key: ServiceKey, to buffer: inout [UInt8]) {
        switch key {
        case .endpoint(let transport, let endpoint):
            switch transport {
            case .tcp: buffer.append("-t ")
            case .udp: buffer.append("-u ")
            case .sctp: buffer.append("--sctp-service ")
            default: buffer.append("--xxx-service ")
            }
            append(endpoint, transport, to: &buffer)
        case .mark(let mark, let family):
            buffer.append("-f ", mark)
            if family == .ipv6 { buffer.append(" -6") }
        }
    }

    private func append(_ server: Endpoint, of key: ServiceKey, to buffer: inout [UInt8]) {
        append(key, to: &buffer)
        buffer.append(" -r ")
        append(server, key.transport, to: &buffer)
    }

    private func append(_ endpoint: Endpoint, _ transport: TransportProtocol?, to buffer: inout [UInt8]) {
        guard let names else {
            switch endpoint.address {
            case .v4(let address): buffer.append(address, port: endpoint.port)
            case .v6: buffer.append(endpoint.description)
            }
            return
        }
        switch endpoint.address {
        case .v4(let address):
            if let name = names.name(ofHost: endpoint.address), Self.isReadable(host: name) {
                buffer.append(name)
            } else {
                buffer.append(address)
            }
        case .v6(let address):
            buffer.append("[")
            buffer.append(address.description)
            buffer.append("]")
        }
        buffer.append(":")
        if let transport, let name = names.name(ofPort: endpoint.port, transport), Self.isReadable(port: name) {
            buffer.append(name)
        } else {
            buffer.append(decimal: UInt64(endpoint.port))
        }
    }

    /// Whether a host's name would be taken for a name again.
    private static func isReadable(host name: String) -> Bool {
        isReadable(port: name) && IPv4Address(classful: name) == nil
    }

    /// Whether a word of rules can consist of a name and other things.
    private static func isReadable(port name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "#") else { return false }
        return !name.utf8.contains { $0 <= 0x20 || $0 >= 0x7f || ":[]".utf8.contains($0) }
    }
}
