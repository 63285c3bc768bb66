/// What a mirror has to tell whoever wants things to be there.
package enum LinkEvent: Hashable, Sendable {
    /// Something that can be wanted.
    package enum Entry: Hashable, Codable, Sendable {
        case link(MadeLink)
        case address(LinkAddress)
        case route(Route)
        case rule(RoutingRule)
        case setting(InterfaceSetting)
    }

    /// Others took away what an owner wants, all at one time; it is put back at once.
    case taken([Entry], from: LinkOwner, by: LinkChange.Cause)
    /// All that was taken is there again, that long after it was noticed.
    case restored(LinkOwner, after: Duration)
    /// All that an owner wants is there, that long after it wished for it.
    case settled(LinkOwner, after: Duration)
    /// Something could not be set or removed; it is tried again later. Told once for each reason.
    case failed(Entry, of: LinkOwner?, LinksError)
    /// The interface that its owner calls by that name was made or found; it may have another name in the kernel.
    case made(String, of: LinkOwner, InterfaceState)
    /// Something was removed that nobody wants: a leftover of an earlier life.
    case swept(Entry)
}
