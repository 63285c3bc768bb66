package import Addresses

/// What happened to the process of the virtual routers, or to the machine.
package enum NodeMatter: Hashable, Codable, Sendable {
    /// Nobody takes over for that time (`vrrp_startup_delay`, `vrrp_delay_after_boot`).
    case delayed(Duration)
    /// That time is over.
    case delayEnded
    /// An interface is up and running, or is not (`Netlink reports IF up`).
    case interface(String, isUp: Bool)
    /// An interface was made or renamed, or is gone.
    case interfaceCame(String)
    case interfaceWent(String)
    /// An address of an interface came or went that is not a virtual one.
    case addressCame(IPAddress, on: String)
    case addressWent(IPAddress, on: String)
    /// A configuration is about to be put into force.
    case reloading
    /// It is in force.
    case reloaded
    /// The process is about to end; with `keeps`, another one follows and takes mastership up.
    case stopping(keeps: Bool)
    /// An advertisement of a router that is not configured (`log_unknown_vrids`); the first, or how many since.
    case unknownRouter(UInt8, on: String, from: IPAddress, count: UInt64)
    /// The process that looks at scripts, files and servers is gone, and what it told last is held; or it is back.
    case trackersHeld
    case trackersReturned
    /// Addresses of routers that are no longer configured were found, and are removed.
    case removedLeftovers(count: Int)
}
