import Addresses
package import IPVS
package import Texts

/// An entry of the connection table in the answers of `-L -c --json`.
///
/// - `protocol`: the kernel's name in small letters: `tcp`, `udp`, `sctp`; `ip` for the template of a mark
/// - `state`: the kernel's name, such as `ESTABLISHED`; `expires`: seconds
/// - `source`: `address` and `port`, which is 0 in the template of a persistent client
/// - `virtual`: `address` and `port`; or, in the template of a mark, `mark`: its number
/// - `destination`: `address` and `port`
/// - `engine`: only where a persistence engine noted something: its `name` and its `data`
package enum JSONConnectionListing {
    /// Writes one entry as an object.
    package static func append(_ connection: Connection, to json: inout JSONWriter) {
        json.object { json in
            json.member("protocol", connection.transport.lowercased())
            json.member("state", connection.state)
            json.member("expires", connection.expires)
            append(connection.source, "source", to: &json)
            if connection.transport == "IP" {
                json.member("mark", mark(in: connection.virtual.address))
            } else {
                append(connection.virtual, "virtual", to: &json)
            }
            append(connection.destination, "destination", to: &json)
            if let engine = connection.engine {
                json.key("engine")
                json.object {
                    $0.member("name", engine.name)
                    $0.member("data", engine.data)
                }
            }
        }
    }

    private static func append(_ endpoint: Endpoint, _ name: String, to json: inout JSONWriter) {
        json.key(name)
        json.object {
            $0.member("address", endpoint.address.description)
            $0.member("port", endpoint.port)
        }
    }

    /// The mark that the kernel put into the first four bytes of an address.
    private static func mark(in address: IPAddress) -> UInt32 {
        switch address {
        case .v4(let address): address.value
        case .v6(let address): UInt32(truncatingIfNeeded: address.high >> 32)
        }
    }
}
