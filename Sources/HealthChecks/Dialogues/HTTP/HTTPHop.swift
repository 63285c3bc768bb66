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
        isProxied = requestTarget.utf8.first != UInt8(ascii: "/")
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
        case unknownName
        case secureThroughProxy

        /// How a sentence goes on that says whereto.
        var text: String {
            switch self {
            case .noURL: "which is no URL of HTTP"
            case .leavesServer: "which is not this server"
            case .unknownName: "and names are not looked up during a check"
            case .secureThroughProxy: "which a proxy is not asked for"
            }
        }
    }

    /// The request that follows a redirect.
    ///
    /// - Parameters:
    ///   - location: The value of `Location`.
    ///   - first: The first request of the check; its `Host` is a name of the server.
    ///   - staysOnServer: Whether leaving the server's address and port is refused.
    /// - Throws: `Refusal`, where it is not followed.
    func redirected(to location: [UInt8], first: HTTPHop, staysOnServer: Bool) throws(Refusal) -> HTTPHop {
        guard let url, let next = url.resolving(location) else { throw .noURL }
        var hop = self
        hop.redirectedURL = next
        hop.host = next.host == url.host && next.port == url.port ? host : next.authority
        guard !isProxied else {
            guard !next.isSecure else { throw .secureThroughProxy }
            let isSame = next.host == url.host && next.effectivePort == url.effectivePort
            guard isSame || !staysOnServer else { throw .leavesServer }
            hop.requestTarget = "http://\(next.authority)\(next.target)"
            return hop
        }
        hop.requestTarget = next.target
        hop.endpoint = try endpoint(of: next, after: url, first: first)
        guard !staysOnServer || hop.endpoint == first.endpoint else { throw .leavesServer }
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
        return hop
    }

    /// The address and port of a URL, as far as they can be known without looking names up.
    private func endpoint(of next: HTTPURL, after url: HTTPURL, first: HTTPHop) throws(Refusal) -> Endpoint {
        let address: IPAddress
        if next.host == url.host {
            address = endpoint.address
        } else if next.host == first.url?.host {
            address = first.endpoint.address
        } else if let literal = IPAddress(next.host) {
            address = literal
        } else {
            throw .unknownName
        }
        // The server was not told its port in `Host`, so it cannot name it: what it leaves out stays as it is.
        let staysWithScheme = next.port == nil && next.isSecure == url.isSecure
        if staysWithScheme, address == endpoint.address { return endpoint }
        if staysWithScheme, address == first.endpoint.address, next.isSecure == first.url?.isSecure {
            return first.endpoint
        }
        return Endpoint(address: address, port: next.effectivePort)
    }
}
