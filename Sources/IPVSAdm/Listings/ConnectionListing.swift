package import IPVS
package import Texts

/// The listing of the connection table.
package struct ConnectionListing {
    private let showsEngines: Bool
    private let names: EndpointNames

    /// Makes a listing, with what persistence engines know if asked for.
    package init(showsEngines: Bool, names: EndpointNames) {
        self.showsEngines = showsEngines
        self.names = names
    }

    package func appendHeading(to text: inout TextBuffer) {
        text.append("IPVS connection entries\n")
        text.append("pro expire state       source             virtual            destination")
        if showsEngines { text.append("        pe name          pe_data") }
        text.append("\n")
    }

    package func append(_ connection: Connection, to text: inout TextBuffer) {
        let transport: TransportProtocol? =
            switch connection.transport {
            case "TCP": .tcp
            case "UDP": .udp
            case "SCTP": .sctp
            default: nil
            }
        text.append(connection.transport, leftIn: 3)
        text.append(" ")
        var start = text.count
        let (minutes, seconds) = connection.expires.quotientAndRemainder(dividingBy: 60)
        text.append(UInt64(minutes), zeroPaddedTo: 2)
        text.append(":")
        text.append(UInt64(seconds), zeroPaddedTo: 2)
        text.pad(from: start, to: 6)
        text.append(" ")
        text.append(connection.state, leftIn: 11)
        for endpoint in [connection.source, connection.virtual] {
            text.append(" ")
            start = text.count
            names.append(endpoint, transport, to: &text)
            text.pad(from: start, to: 18)
        }
        text.append(" ")
        start = text.count
        names.append(connection.destination, transport, to: &text)
        if showsEngines, let engine = connection.engine {
            // Not the widths of the heading: ipvsadm has them the other way round.
            text.pad(from: start, to: 16)
            text.append(" ")
            text.append(engine.name, leftIn: 18)
            text.append(" ")
            text.append(engine.data)
        }
        text.append("\n")
    }
}
