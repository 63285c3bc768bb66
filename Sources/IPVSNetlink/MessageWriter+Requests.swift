import Addresses
import CNetlink
import IPVS
import Netlink

// How values become the attributes of requests. Each attribute goes where ipvsadm puts it.

extension MessageWriter {
    /// Writes the header of generic netlink, which stands before the attributes of every message.
    mutating func genericHeader(_ command: UInt8) {
        append(genlmsghdr(cmd: command, version: WireFormat.version, reserved: 0))
    }

    /// Writes what follows netlink's own header in the request that carries out a change.
    mutating func request(for change: Change) {
        genericHeader(change.command)
        switch change {
        case .addService(let service), .editService(let service):
            nest(TopAttribute.service) { $0.service(service) }
        case .deleteService(let key):
            nest(TopAttribute.service) { $0.serviceKey(key) }
        case .addDestination(let destination, let key), .editDestination(let destination, let key):
            nest(TopAttribute.service) { $0.serviceKey(key) }
            nest(TopAttribute.destination) { $0.destination(destination) }
        case .deleteDestination(let endpoint, let key):
            nest(TopAttribute.service) { $0.serviceKey(key) }
            nest(TopAttribute.destination) { $0.destinationKey(endpoint) }
        case .zero(let key):
            if let key { nest(TopAttribute.service) { $0.serviceKey(key) } }
        case .flush:
            break
        case .setTimeouts(let timeouts):
            self.timeouts(timeouts)
        case .startDaemon(let daemon):
            nest(TopAttribute.daemon) { $0.daemon(daemon) }
        case .stopDaemon(let role):
            nest(TopAttribute.daemon) { $0.attribute(DaemonAttribute.role, role.rawValue) }
        }
    }

    /// Writes what identifies a service.
    mutating func serviceKey(_ key: ServiceKey) {
        attribute(ServiceAttribute.family, key.family.wire)
        switch key {
        case .mark(let mark, _):
            attribute(ServiceAttribute.mark, mark)
        case .endpoint(let transport, let endpoint):
            attribute(ServiceAttribute.transport, transport.rawValue)
            address(ServiceAttribute.address, endpoint.address)
            attribute(ServiceAttribute.port, endpoint.port.bigEndian)
        }
    }

    mutating func service(_ service: VirtualService) {
        serviceKey(service.key)
        attribute(ServiceAttribute.scheduler, service.scheduler)
        if let engine = service.persistenceEngine { attribute(ServiceAttribute.engine, engine) }
        let flags =
            (service.persistence == nil ? 0 : ServiceFlag.persistent)
            | (service.isOnePacket ? ServiceFlag.onePacket : 0)
            | UInt32(service.schedulerFlags.rawValue) * ServiceFlag.firstScheduler
        // The upper half is the mask: all flags are replaced.
        header(of: ServiceAttribute.flags, length: 12)
        append(flags)
        append(UInt32.max)
        attribute(ServiceAttribute.timeout, service.persistence?.timeout ?? 0)
        switch service.persistence?.netmask ?? .host(service.key.family) {
        case .ipv4(let mask): attribute(ServiceAttribute.netmask, mask.value.bigEndian)
        case .ipv6(let length): attribute(ServiceAttribute.netmask, length)
        }
    }

    private mutating func destinationKey(_ endpoint: Endpoint) {
        attribute(DestinationAttribute.family, endpoint.address.family.wire)
        address(DestinationAttribute.address, endpoint.address)
        attribute(DestinationAttribute.port, endpoint.port.bigEndian)
    }

    mutating func destination(_ destination: Destination) {
        destinationKey(destination.endpoint)
        attribute(DestinationAttribute.forwarding, destination.forwarding.rawValue)
        attribute(DestinationAttribute.weight, UInt32(bitPattern: destination.weight))
        attribute(DestinationAttribute.tunnelKind, destination.tunnel.kind.rawValue)
        attribute(DestinationAttribute.tunnelPort, destination.tunnel.port.bigEndian)
        attribute(DestinationAttribute.tunnelChecksum, destination.tunnel.checksum.rawValue)
        attribute(DestinationAttribute.upperThreshold, destination.upperThreshold)
        attribute(DestinationAttribute.lowerThreshold, destination.lowerThreshold)
    }

    mutating func daemon(_ daemon: SyncDaemon) {
        attribute(DaemonAttribute.role, daemon.role.rawValue)
        attribute(DaemonAttribute.interface, daemon.interface)
        attribute(DaemonAttribute.syncID, daemon.syncID)
        if let length = daemon.maximumLength { attribute(DaemonAttribute.maximumLength, length) }
        if let port = daemon.port { attribute(DaemonAttribute.port, port) }
        if let timeToLive = daemon.timeToLive { attribute(DaemonAttribute.timeToLive, timeToLive) }
        switch daemon.group {
        case .v4(let group): attribute(DaemonAttribute.group, group.value.bigEndian)
        case .v6?: if let group = daemon.group { address(DaemonAttribute.group6, group) }
        case nil: break
        }
    }

    mutating func timeouts(_ timeouts: Timeouts) {
        attribute(TopAttribute.timeoutTCP, timeouts.tcp)
        attribute(TopAttribute.timeoutTCPFin, timeouts.tcpFin)
        attribute(TopAttribute.timeoutUDP, timeouts.udp)
    }

    /// Writes an address as the kernel's union of both families, 16 bytes.
    private mutating func address(_ type: UInt16, _ address: IPAddress) {
        header(of: type, length: 20)
        switch address {
        case .v4(let address):
            append(address.value.bigEndian)
            append(UInt32(0))
            append(UInt64(0))
        case .v6(let address):
            append(address.high.bigEndian)
            append(address.low.bigEndian)
        }
    }
}

extension AddressFamily {
    /// The kernel's number of the family.
    var wire: UInt16 {
        switch self {
        case .ipv4: WireFamily.ipv4
        case .ipv6: WireFamily.ipv6
        }
    }

    /// The family with that number; nil for other families.
    init?(wire: UInt16) {
        switch wire {
        case WireFamily.ipv4: self = .ipv4
        case WireFamily.ipv6: self = .ipv6
        default: return nil
        }
    }
}

extension Change {
    /// The command that carries the change out.
    fileprivate var command: UInt8 {
        switch self {
        case .addService: WireCommand.newService
        case .editService: WireCommand.setService
        case .deleteService: WireCommand.deleteService
        case .addDestination: WireCommand.newDestination
        case .editDestination: WireCommand.setDestination
        case .deleteDestination: WireCommand.deleteDestination
        case .zero: WireCommand.zero
        case .flush: WireCommand.flush
        case .setTimeouts: WireCommand.setConfiguration
        case .startDaemon: WireCommand.newDaemon
        case .stopDaemon: WireCommand.deleteDaemon
        }
    }
}
