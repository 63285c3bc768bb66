import IPVS

/// A line `fallback`.
struct FallbackEntry: Sendable {
    let place: Place
    let host: HostReference
    let port: PortReference?
    let forwarding: ForwardingMethod
}
