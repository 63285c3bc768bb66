import Addresses
package import IPVS
package import Rules
package import Texts

/// The listing of services and servers in the columns of ipvsadm.
package struct TableListing {
    private let columns: Listing.Columns
    private let isExact: Bool
    private let isSorted: Bool
    private let names: EndpointNames

    package init(_ listing: Listing, names: EndpointNames) {
        columns = listing.columns
        isExact = listing.isExact
        isSorted = listing.isSorted
        self.names = names
    }

    /// Appends the line that says which kernel it is; the listing of a single service goes without.
    package func appendTitle(_ information: KernelInformation, to text: inout TextBuffer) {
        text.append("IP Virtual Server version ")
        text.append(information.version)
        text.append(" (size=")
        text.append(information.connectionTableSize)
        text.append(")\n")
    }

    /// Appends the two lines that name the columns.
    package func appendHeading(to text: inout TextBuffer) {
        switch columns {
        case .standard:
            text.append("Prot LocalAddress:Port Scheduler Flags\n")
            text.append("  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n")
        case .tunnels:
            text.append("Prot LocalAddress:Port Scheduler Flags\n")
            text.append("  -> RemoteAddress:Port           Forward TunnelInfo    Weight ActiveConn InActConn\n")
        case .statistics:
            appendCounterHeading(["Conns", "InPkts", "OutPkts", "InBytes", "OutBytes"], to: &text)
        case .rates:
            appendCounterHeading(["CPS", "InPPS", "OutPPS", "InBPS", "OutBPS"], to: &text)
        case .thresholds:
            text.append("Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn \n")
            text.append("  -> RemoteAddress:Port\n")
        case .persistentConnections:
            text.append("Prot LocalAddress:Port            Weight    PersistConn ActiveConn InActConn \n")
            text.append("  -> RemoteAddress:Port\n")
        }
    }

    private func appendCounterHeading(_ titles: [String], to text: inout TextBuffer) {
        text.append("Prot LocalAddress:Port", leftIn: 33)
        for title in titles { text.append(title, rightIn: 9) }
        text.append("\n  -> RemoteAddress:Port\n")
    }

    /// Appends a service and its servers, in their order or the kernel's.
    package func append(_ status: ServiceStatus, to text: inout TextBuffer) {
        let start = text.count
        appendKey(status.service.key, to: &text)
        switch columns {
        case .statistics:
            text.pad(from: start, to: 33)
            appendCounters(status.statistics, to: &text)
        case .rates:
            text.pad(from: start, to: 33)
            appendRates(status.statistics.rates, ofServer: false, to: &text)
        case .standard, .thresholds, .persistentConnections, .tunnels:
            appendSettings(of: status.service, to: &text)
        }
        text.append("\n")
        let transport = status.service.key.transport
        for index in status.order(isSorted: isSorted) { append(status.destinations[index], transport, to: &text) }
    }

    /// What the first column shows of a service: at most 33 characters of IPv4, all of IPv6.
    private func appendKey(_ key: ServiceKey, to text: inout TextBuffer) {
        switch key {
        case .mark(let mark, let family):
            text.append("FWM  ")
            text.append(mark)
            if family == .ipv6 { text.append(" IPv6") }
        case .endpoint(let transport, let endpoint):
            let start = text.count
            text.append(transport.listingName ?? "?", leftIn: 4)
            text.append(" ")
            names.append(endpoint, transport, to: &text)
            if endpoint.address.family == .ipv4 { text.cut(from: start, to: 33) }
        }
    }

    private func appendSettings(of service: VirtualService, to text: inout TextBuffer) {
        text.append(" ")
        text.append(service.scheduler)
        if !service.schedulerFlags.isEmpty {
            text.append(" (")
            for (index, name) in service.schedulerFlags.listedNames(of: service.scheduler).enumerated() {
                if index != 0 { text.append(",") }
                text.append(name)
            }
            text.append(")")
        }
        if let persistence = service.persistence {
            text.append(" persistent ")
            text.append(persistence.timeout)
            if !persistence.netmask.isHost {
                text.append(" mask ")
                text.append(persistence.netmask.description)
            }
            if let engine = service.persistenceEngine {
                text.append(" pe ")
                text.append(engine)
            }
        }
        if service.isOnePacket { text.append(" ops") }
    }

    private func append(_ status: DestinationStatus, _ transport: TransportProtocol?, to text: inout TextBuffer) {
        let destination = status.destination
        text.append("  -> ")
        let start = text.count
        names.append(destination.endpoint, transport, to: &text)
        if destination.endpoint.address.family == .ipv4 { text.cut(from: start, to: 28) }
        text.pad(from: start, to: 28)
        switch columns {
        case .statistics:
            appendCounters(status.statistics, to: &text)
        case .rates:
            appendRates(status.statistics.rates, ofServer: true, to: &text)
        case .thresholds:
            text.appendColumn(destination.upperThreshold, 10)
            text.appendColumn(destination.lowerThreshold, 10)
            appendConnections(of: status, to: &text)
        case .persistentConnections:
            text.appendColumn(UInt32(bitPattern: destination.weight), 9)
            text.appendColumn(status.persistentConnections, 11)
            appendConnections(of: status, to: &text)
        case .standard, .tunnels:
            text.append(byte: 0x20)
            text.append(destination.forwarding.listingName, leftIn: 7)
            if columns == .tunnels {
                text.append(" ")
                let start = text.count
                text.appendTunnel(of: destination)
                text.pad(from: start, to: 13)
            }
            text.append(byte: 0x20)
            let start = text.count
            text.append(destination.weight)
            text.pad(from: start, to: 6)
            appendConnections(of: status, to: &text)
        }
        text.append(byte: UInt8(ascii: "\n"))
    }

    private func appendConnections(of status: DestinationStatus, to text: inout TextBuffer) {
        text.appendColumn(status.activeConnections, 10)
        text.appendColumn(status.inactiveConnections, 10)
    }

    private func appendCounters(_ statistics: Statistics, to text: inout TextBuffer) {
        text.appendCounter(statistics.connections, isExact: isExact)
        text.appendCounter(statistics.incomingPackets, isExact: isExact)
        text.appendCounter(statistics.outgoingPackets, isExact: isExact)
        text.appendCounter(statistics.incomingBytes, isExact: isExact)
        text.appendCounter(statistics.outgoingBytes, isExact: isExact)
    }

    /// Appends the rates of a service or of a server, of which only those in bytes are ever shortened.
    private func appendRates(_ rates: Statistics.Rates, ofServer: Bool, to text: inout TextBuffer) {
        text.appendCounter(rates.connections, isExact: isExact || ofServer)
        text.appendCounter(rates.incomingPackets, isExact: isExact || ofServer)
        text.appendCounter(rates.outgoingPackets, isExact: isExact || ofServer)
        text.appendCounter(rates.incomingBytes, isExact: isExact)
        text.appendCounter(rates.outgoingBytes, isExact: isExact)
    }
}
