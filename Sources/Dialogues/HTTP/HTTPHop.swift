import Addresses
import Configuration

/// Where one request of a dialogue goes, and how it is asked there.
struct HTTPHop: Hashable, Sendable {
    /// Whom the connection is opened to.
    var endpoint: Endpoint
    /// TLS on that connection.
    var security: TLSSettings?
    /// What a redirect led to; nil for the first request of a check.
    private var redirectedURL: HTTPURL?
    /// What stands in the request line behind the method.
    var requestTarget: String
    /// The value of `Host`.
    var host: String
    /// Whether the server is a proxy, that is asked for whole URLs.
    var isProxied: Bool

    /// The first request of a check.
    init(_ request: HTTPRequest, target: Endpoint, security: TLSSettings?) {
        endpoint = target
        self.security = security
        requestTarget = HTTPURL.escaped(request.target)
        host = HTTPHop.field(request.host)
        isProxied = requestTarget.utf8.first != UInt8(ascii: "/") && requestTarget != "*"
    }

    /// What is asked for; nil where the request is no URL, so that no reference can be relative to it.
    ///
    /// Most checks end without its being needed.
    private var url: HTTPURL? {
        if let redirectedURL { return redirectedURL }
        guard !isProxied else { return HTTPURL(requestTarget) }
        var url = HTTPURL("\(security == nil ? "http" : "https")://\(host)")
        url?.target = requestTarget
        return url
    }

    /// A name or an address as it stands in `Host`.
    private static func field(_ host: String) -> String {
        let isPlain = host.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: ":") }
        guard !isPlain else { return host }
        let name = String(decoding: host.utf8.filter { $0 > 0x20 && $0 != 0x7f }, as: UTF8.self)
        return IPv6Address(name) == nil ? name : "[\(name)]"
    }

    /// Why a redirect is not followed.
    enum Refusal: Error, Hashable {
        case noURL
        case leavesServer
        case secureThroughProxy
        /// Nobody knows the host; how a sentence goes on that names it.
        case unknown(String)
        case inward(IPAddress, AddressScope)

        /// How a sentence goes on that says whereto.
        var text: String {
            switch self {
            case .noURL: "which is no URL of HTTP"
            case .leavesServer: "which is not this server"
            case .secureThroughProxy: "which a proxy is not asked for"
            case .unknown(let text): text
            case .inward(let address, .link):
                "which leads to \(address) on the director's own link (redirect=anywhere allows that)"
            case .inward(let address, .thisMachine), .inward(let address, .elsewhere):
                "which leads to \(address), the director itself (redirect=anywhere allows that)"
            }
        }
    }

    /// The request that follows a redirect.
    ///
    /// - Parameters:
    ///   - location: The value of `Location`.
    ///   - first: The first request of the check; its `Host` is a name of the server.
    ///   - policy: Where it may lead.
    /// - Returns: The request, or the question about its host that is to be answered before.
    /// - Throws: `Refusal`, where it is not followed.
    func redirected(
        to location: [UInt8],
        first: HTTPHop,
        _ policy: HTTPRequest.RedirectPolicy
    ) throws(Refusal) -> HTTPRedirect {
        guard let url, let next = url.resolving(location) else { throw .noURL }
        var hop = self
        hop.redirectedURL = next
        hop.host = next.host == url.host && next.port == url.port ? host : next.authority
        guard !isProxied else {
            guard !next.isSecure else { throw .secureThroughProxy }
            let isSame = next.host == url.host && next.effectivePort == url.effectivePort
            guard isSame || policy != .sameHost else { throw .leavesServer }
            hop.requestTarget = "http://\(next.authority)\(next.target)"
            return .next(hop)
        }
        hop.requestTarget = next.target
        hop.security = nil
        if next.isSecure {
            var security = first.security ?? TLSSettings()
            if next.host != first.url?.host {
                security.serverName = IPAddress(next.host) == nil ? next.host : nil
            } else if first.security == nil, IPAddress(next.host) == nil {
                security.serverName = next.host
            }
            hop.security = security
        }
        if let known = knownEndpoint(of: next, after: url, first: first) {
            hop.endpoint = known
            guard policy != .sameHost || known == first.endpoint else { throw .leavesServer }
            return .next(hop)
        }
        let question = HostQuestion(
            host: next.host,
            port: next.effectivePort,
            server: first.endpoint.address,
            asker: endpoint.address
        )
        return .unlocated(hop, question)
    }

    /// The same request at the first of a host's places that it may be made at.
    ///
    /// An address and port that are a service of the director with this server behind it mean the server, so that no other
    /// one answers for it.
    ///
    /// - Parameter former: The request that was answered with the redirect.
    /// - Throws: `Refusal`, where it may be made at none.
    func located(
        at places: [HostPlace],
        askerScope: AddressScope,
        after former: HTTPHop,
        first: HTTPHop,
        _ policy: HTTPRequest.RedirectPolicy
    ) throws(Refusal) -> HTTPHop {
        guard let url = former.url, let next = redirectedURL else { throw .noURL }
        var refusal = Refusal.unknown("and that host has no address")
        for place in places {
            var hop = self
            switch place.service {
            case .sameServer(let endpoint): hop.endpoint = endpoint
            case .otherServers: hop.endpoint = Endpoint(address: place.address, port: next.effectivePort)
            case nil:
                hop.endpoint = former.endpoint(at: place.address, of: next, after: url, first: first)
                let isServer = [first.endpoint.address, former.endpoint.address].contains(place.address)
                guard isServer || policy == .anywhere || place.scope == .elsewhere || place.scope == askerScope else {
                    refusal = .inward(place.address, place.scope)
                    continue
                }
            }
            guard policy != .sameHost || hop.endpoint == first.endpoint else {
                refusal = .leavesServer
                continue
            }
            return hop
        }
        throw refusal
    }

    /// The address and port of a URL where they are those of the server.
    private func knownEndpoint(of next: HTTPURL, after url: HTTPURL, first: HTTPHop) -> Endpoint? {
        if next.host == first.url?.host {
            return endpoint(at: first.endpoint.address, of: next, after: url, first: first)
        }
        if redirectedURL != nil, next.host == url.host, next.effectivePort == url.effectivePort { return endpoint }
        guard let literal = IPAddress(next.host), [endpoint.address, first.endpoint.address].contains(literal) else {
            return nil
        }
        return endpoint(at: literal, of: next, after: url, first: first)
    }

    /// The port of a URL at an address.
    private func endpoint(at address: IPAddress, of next: HTTPURL, after url: HTTPURL, first: HTTPHop) -> Endpoint {
        // The server was not told its port in `Host`, so it cannot name it: what it leaves out stays as it is.
        let staysWithScheme = next.port == nil && next.isSecure == url.isSecure
        if staysWithScheme, address == endpoint.address { return endpoint }
        if staysWithScheme, address == first.endpoint.address, next.isSecure == first.url?.isSecure {
            return first.endpoint
        }
        return Endpoint(address: address, port: next.effectivePort)
    }
}

/// What follows a redirect.
enum HTTPRedirect: Hashable {
    /// That request.
    case next(HTTPHop)
    /// That request, once it is known where the host is.
    case unlocated(HTTPHop, HostQuestion)
}
