public import Addresses

/// How long and for whom a virtual service sends a client to the server it had before: `IP_VS_SVC_F_PERSISTENT`.
public struct Persistence: Hashable, Sendable {
    /// Seconds that a client's choice of server outlives its last connection: `IPVS_SVC_ATTR_TIMEOUT`.
    ///
    /// ipvsadm allows 1...2678400. The kernel checks nothing and multiplies by its tick rate: what overflows comes back
    /// as another number.
    public var timeout: UInt32
    /// Clients whose masked addresses are equal count as one: `IPVS_SVC_ATTR_NETMASK`, of the service's family.
    public var netmask: Netmask

    /// Makes a persistence of so many seconds for clients told apart by that mask.
    public init(timeout: UInt32, netmask: Netmask) {
        self.timeout = timeout
        self.netmask = netmask
    }
}
