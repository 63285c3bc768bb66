package import Links
import Netlink

/// The links of the running kernel, in the network namespace of the thread that makes this object.
///
/// It keeps three sockets: one for requests, one for changes of interfaces, addresses and rules, one for changes of routes,
/// of which a routing daemon may make so many that some get lost.
package final class NetlinkLinks: LinksKernel {
    let requests: any MessageChannel
    let conversation: Conversation
    /// The number by which the kernel knows the socket of requests.
    let port: UInt32
    let changes: ChangeReader
    let routeChanges: ChangeReader
    /// The names of interfaces by their numbers, as they were last told.
    var names: [UInt32: String] = [:]
    /// Whose routes and rules are told of.
    var makers: Set<UInt8> = []

    /// Readable when an interface, an address or a rule changed; it stays the kernel's.
    package let changeDescriptor: Int32
    /// Readable when a route changed; it stays the kernel's.
    package let routeDescriptor: Int32

    /// Opens the sockets, which tell of changes from here on.
    ///
    /// - Throws: `LinksError.transport` when the kernel refuses one.
    package convenience init() throws(LinksError) {
        let sockets: (requests: SocketChannel, changes: SocketChannel, routes: SocketChannel)
        do throws(NetlinkError) {
            sockets = (
                try SocketChannel(.route),
                try SocketChannel(
                    .route,
                    waitsForAnswers: false,
                    groups: [Group.links, Group.addresses4, Group.addresses6, Group.rules4, Group.rules6]
                ),
                try SocketChannel(.route, waitsForAnswers: false, groups: [Group.routes4, Group.routes6])
            )
        } catch {
            throw .transport(error.rawValue)
        }
        self.init(
            requests: sockets.requests,
            port: sockets.requests.port,
            changes: sockets.changes,
            routes: sockets.routes,
            descriptors: (sockets.changes.descriptor, sockets.routes.descriptor)
        )
    }

    init(
        requests: any MessageChannel,
        port: UInt32,
        changes: any MessageChannel,
        routes: any MessageChannel,
        descriptors: (changes: Int32, routes: Int32) = (-1, -1)
    ) {
        self.requests = requests
        self.port = port
        conversation = Conversation(requests)
        self.changes = ChangeReader(changes, parts: [.links, .rules])
        routeChanges = ChangeReader(routes, parts: .routes)
        changeDescriptor = descriptors.changes
        routeDescriptor = descriptors.routes
    }

    /// Asks one question and hands what answers it to `read`.
    ///
    /// - Throws: `LinksError.refused` with the kernel's answer, `.malformed` when `read` fails, `.transport`.
    @discardableResult
    func ask(
        _ type: UInt16,
        flags: MessageFlags = .dump,
        body: (inout MessageWriter) -> Void,
        read: (MessageContents, RawSpan) throws(DecodingError) -> Void
    ) throws(LinksError) -> Conversation.Trace {
        do throws(ConversationError) {
            return try conversation.ask(type: type, flags: flags, body: body, read: read)
        } catch {
            throw LinksError(error)
        }
    }
}
