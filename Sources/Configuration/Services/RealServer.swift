package import Addresses
package import IPVS

/// A server behind the services of a pool, and how its health is told.
package struct RealServer: Hashable, Sendable {
    /// The address of the server.
    package var address: IPAddress
    /// The port that is written with it; nil where it is that of each service that it stands behind.
    ///
    /// People know the server by this one; what the kernel has is told by `destination(in:)`.
    package var port: UInt16?
    /// The port that the file has for it and the kernel does not: that of a server which is not translated, behind a group of
    /// services; nil for none.
    package var namedPort: UInt16?
    /// How packets reach it.
    package var forwarding: ForwardingMethod
    /// How packets are wrapped where they reach it by tunnel.
    package var tunnel = Tunnel.ipip
    /// Its share of new connections while it is up, 0...2147483647.
    package var weight: Int32
    /// Connections at which it gets no new ones, 0 for no limit.
    package var upperThreshold: UInt32 = 0
    /// Connections below which it gets new ones again, at most `upperThreshold`, 0 for three quarters of that.
    package var lowerThreshold: UInt32 = 0
    /// What becomes of it while it is down.
    package var whenDown = Absence.removed
    /// What is asked of it: it is up while all of these have passed, and always where there are none.
    package var checks: [ServerCheck] = []
    /// Whether it is told that it is up when its first verdict after the start says so.
    package var tellsFirstSuccess = true
    /// The programs that are told of its changes.
    package var notices = StateNotices()
    /// Whether mail is sent about it, where its pool has anybody who gets mail.
    package var isMailed = true
    /// The name that its address was found by; nil where the file has the address.
    package var hostName: String?
    /// Where it stands; nil where no file says it.
    package var place: FilePlace?

    /// Makes a real server without checks that is reached by direct routing with weight 1, unless told otherwise.
    package init(
        address: IPAddress,
        port: UInt16?,
        forwarding: ForwardingMethod = .directRoute,
        weight: Int32 = 1
    ) {
        self.address = address
        self.port = port
        self.forwarding = forwarding
        self.weight = weight
    }

    /// The server as it stands in the kernel behind a service while it is up.
    ///
    /// Only translation gives packets another port. Any other server behind an address and port has the port of the
    /// service, whatever is written. Behind a mark, which has no port, every server has the written one.
    package func destination(in service: VirtualService) -> Destination {
        let port =
            switch service.key {
            case .endpoint(_, let endpoint): forwarding == .masquerade ? self.port ?? endpoint.port : endpoint.port
            case .mark: self.port ?? 0
            }
        return Destination(
            endpoint: Endpoint(address: address, port: port),
            forwarding: forwarding,
            weight: weight,
            upperThreshold: upperThreshold,
            lowerThreshold: lowerThreshold,
            tunnel: tunnel
        )
    }

    /// Address and port as they are written, with port 0 where there is none.
    package var writtenEndpoint: Endpoint { Endpoint(address: address, port: port ?? 0) }
}
