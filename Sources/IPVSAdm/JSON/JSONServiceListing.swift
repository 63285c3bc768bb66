import Addresses
package import IPVS
package import Texts

/// A service in the answers of `-L --json`.
///
/// - `family`: `ipv4` or `ipv6`
/// - `protocol`, `address`, `port`: of a service by address; the protocol is `tcp`, `udp`, `sctp` or `protocol-N`
/// - `mark`: of a service by mark, in place of these three
/// - `scheduler`; `schedulerFlags`: an array of `flag-1` `flag-2` `flag-3`, the first two of `sh` and `mh` under their
///   words `sh-fallback` `sh-port` `mh-fallback` `mh-port`
/// - `onePacket`: a boolean
/// - `persistence`: null, or `timeout` and `netmask`, which is an address for IPv4 and a number for IPv6
/// - `persistenceEngine`: null or its name
/// - `statistics`, `rates`: each `connections`, `incomingPackets`, `outgoingPackets`, `incomingBytes`, `outgoingBytes`
/// - `destinations`: each `family`, `address`, `port`; `forwarding`, one of `masquerade` `local` `tunnel` `route` `bypass`
///   `unknown-N`; `weight`; `upperThreshold`, `lowerThreshold`, 0 for none; `tunnel`, null unless forwarding is `tunnel`, with
///   `type`, one of `ipip` `gue` `gre` `unknown-N`, `port`, 0 for none, and `checksum`, one of `none` `on` `remote`
///   `unknown-N`; `activeConnections`, `inactiveConnections`, `persistentConnections`; `statistics`, `rates`
package enum JSONServiceListing {
    /// Writes one service as an object.
    package static func append(_ status: ServiceStatus, isSorted: Bool, to json: inout JSONWriter) {
        json.object { json in
            appendSettings(of: status.service, to: &json)
            appendCounters(status.statistics, to: &json)
            json.key("destinations")
            json.array { json in
                for index in status.order(isSorted: isSorted) {
                    json.object { append(status.destinations[index], to: &$0) }
                }
            }
        }
    }

    private static func appendSettings(of service: VirtualService, to json: inout JSONWriter) {
        json.member("family", service.key.family.jsonName)
        switch service.key {
        case .mark(let mark, _):
            json.member("mark", mark)
        case .endpoint(let transport, let endpoint):
            json.member("protocol", transport.jsonName)
            json.member("address", endpoint.address.description)
            json.member("port", endpoint.port)
        }
        json.member("scheduler", service.scheduler)
        json.key("schedulerFlags")
        json.array { json in
            for name in service.schedulerFlags.names(of: service.scheduler) { json.string(name) }
        }
        json.member("onePacket", service.isOnePacket)
        if let persistence = service.persistence {
            json.key("persistence")
            json.object {
                $0.member("timeout", persistence.timeout)
                switch persistence.netmask {
                case .ipv4(let mask): $0.member("netmask", mask.description)
                case .ipv6(let length): $0.member("netmask", length)
                }
            }
        } else {
            json.nullMember("persistence")
        }
        if let engine = service.persistenceEngine {
            json.member("persistenceEngine", engine)
        } else {
            json.nullMember("persistenceEngine")
        }
    }

    private static func append(_ status: DestinationStatus, to json: inout JSONWriter) {
        let destination = status.destination
        json.member("family", destination.endpoint.address.family.jsonName)
        json.member("address", destination.endpoint.address.description)
        json.member("port", destination.endpoint.port)
        json.member("forwarding", destination.forwarding.jsonName)
        json.member("weight", destination.weight)
        json.member("upperThreshold", destination.upperThreshold)
        json.member("lowerThreshold", destination.lowerThreshold)
        if destination.forwarding == .tunnel {
            json.key("tunnel")
            json.object {
                $0.member("type", destination.tunnel.kind.jsonName)
                $0.member("port", destination.tunnel.port)
                $0.member("checksum", destination.tunnel.checksum.jsonName)
            }
        } else {
            json.nullMember("tunnel")
        }
        json.member("activeConnections", status.activeConnections)
        json.member("inactiveConnections", status.inactiveConnections)
        json.member("persistentConnections", status.persistentConnections)
        appendCounters(status.statistics, to: &json)
    }

    private static func appendCounters(_ statistics: Statistics, to json: inout JSONWriter) {
        json.key("statistics")
        json.object {
            $0.member("connections", statistics.connections)
            $0.member("incomingPackets", statistics.incomingPackets)
            $0.member("outgoingPackets", statistics.outgoingPackets)
            $0.member("incomingBytes", statistics.incomingBytes)
            $0.member("outgoingBytes", statistics.outgoingBytes)
        }
        let rates = statistics.rates
        json.key("rates")
        json.object {
            $0.member("connections", rates.connections)
            $0.member("incomingPackets", rates.incomingPackets)
            $0.member("outgoingPackets", rates.outgoingPackets)
            $0.member("incomingBytes", rates.incomingBytes)
            $0.member("outgoingBytes", rates.outgoingBytes)
        }
    }
}
