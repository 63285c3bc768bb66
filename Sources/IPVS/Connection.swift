public import Addresses

/// One entry of the connection table: a line of `/proc/net/ip_vs_conn`.
public struct Connection: Hashable, Sendable {
    /// The protocol's name as the kernel writes it: `TCP`, `UDP`, `SCTP`, `IP` for a mark's template.
    public var transport: String
    /// The client; port 0 in the template of a persistent client.
    public var source: Endpoint
    /// The virtual address; a mark's template has the mark in its place.
    public var virtual: Endpoint
    /// The real server.
    public var destination: Endpoint
    /// The state's name, such as `ESTABLISHED` or `NONE`.
    public var state: String
    /// Seconds until the entry goes away if nothing more happens.
    public var expires: UInt32
    /// The persistence engine and the data by which it knows the connection.
    public var engine: Engine?

    /// What a persistence engine noted down about a connection.
    public struct Engine: Hashable, Sendable {
        /// The engine's name, such as `sip`.
        public var name: String
        /// What the engine knows the connection by, such as the call of a SIP dialogue; possibly empty.
        public var data: String

        /// Makes a note of the engine with that name.
        public init(name: String, data: String) {
            self.name = name
            self.data = data
        }
    }

    /// Reads one line of the file; nil for its heading and for what does not read as a connection.
    public init?(line: some StringProtocol) {
        let words = line.split(separator: " ", maxSplits: 9, omittingEmptySubsequences: true)
        guard words.count >= 9,
            let source = Self.endpoint(words[1], words[2]),
            let virtual = Self.endpoint(words[3], words[4]),
            let destination = Self.endpoint(words[5], words[6]),
            let expires = UInt32(words[8])
        else { return nil }
        transport = String(words[0])
        self.source = source
        self.virtual = virtual
        self.destination = destination
        state = String(words[7])
        self.expires = expires
        if words.count == 10 {
            let rest = words[9].split(separator: " ", maxSplits: 1)
            guard let name = rest.first else { return }
            engine = Engine(name: String(name), data: rest.count > 1 ? String(rest[1]) : "")
        }
    }

    private static func endpoint(_ address: some StringProtocol, _ port: some StringProtocol) -> Endpoint? {
        guard let port = UInt16(port, radix: 16) else { return nil }
        if address.utf8.count == 8, let value = UInt32(address, radix: 16) {
            return Endpoint(address: .v4(IPv4Address(value: value)), port: port)
        }
        return IPv6Address(String(address)).map { Endpoint(address: .v6($0), port: port) }
    }
}
