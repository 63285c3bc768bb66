import Addresses
import Configuration
import Digests

// Checks by pages: HTTP_GET and SSL_GET.

extension WrittenConfiguration {
    mutating func page(
        _ request: HTTPRequest,
        _ security: TLSSettings?,
        _ check: ServerCheck,
        _ server: RealServer
    ) -> [WrittenStatement] {
        let target = check.probe.target
        var block: [WrittenStatement] = []
        switch request.client {
        case .keepAliveClient(let version): block.append(WrittenStatement("http_protocol", .word(version.rawValue)))
        case .directrix:
            block.append(WrittenStatement("http_protocol", .word(HTTPRequest.Version.http11.rawValue)))
            if request.redirects != .no { change("a redirect is not followed, and is a failure") }
            if request.method != .get { lose("a request by \(request.method.rawValue)") }
        }
        if request.soughtHost != nil { lose("another host that is asked in the place of the server") }
        guard let path = text(request.target, of: "the path of a url") else { return [] }
        var url = [WrittenStatement("path", path)]
        // A host that nobody says is the target, and no name is sent for it in TLS.
        if request.host != target.description || security?.serverName != nil {
            url += statement("virtualhost", request.host)
        }
        if request.statuses.ranges.contains(where: { $0.upperBound > 599 }) { lose("statuses above 599") }
        url.append(WrittenStatement("status_code", values: request.statuses.words.map { .word($0) }))
        if let digest = request.digest { url.append(WrittenStatement("digest", .word(Hexadecimal.encode(digest)))) }
        if let pattern = request.pattern { url += self.pattern(pattern) }
        block.append(WrittenStatement("url", block: url))
        guard let security else { return [network("HTTP_GET", check, server, block)] }
        block += tls(security, host: request.host)
        return [network("SSL_GET", check, server, block)]
    }

    private mutating func pattern(_ pattern: ContentPattern) -> [WrittenStatement] {
        var statements = [WrittenStatement("regex", .script(pattern.source))]
        if case .pcre2(let options) = pattern.syntax, !options.names.isEmpty {
            statements.append(WrittenStatement("regex_options", values: options.names.map { .word($0) }))
        }
        if pattern.isNegated { statements.append(WrittenStatement("regex_no_match")) }
        if pattern.minOffset > 0 {
            statements.append(WrittenStatement("regex_min_offset", .number(Int64(pattern.minOffset))))
        }
        if let most = pattern.maxOffset {
            statements.append(WrittenStatement("regex_max_offset", .number(Int64(most))))
        }
        return statements
    }

    private mutating func tls(_ settings: TLSSettings, host: String) -> [WrittenStatement] {
        var statements: [WrittenStatement] = []
        if let name = settings.serverName {
            if name != host.withoutPort { lose("another name in TLS than that of the host") }
            statements.append(WrittenStatement("enable_sni", .boolean(true)))
        }
        if settings.verifiesCertificate { statements.append(WrittenStatement("tls_verify", .boolean(true))) }
        let own = WrittenTLS(identity: settings.identity, trusted: settings.trustedCertificates)
        var all = tls ?? own
        all.trusted = all.trusted ?? own.trusted
        if all.identity != own.identity || own.trusted != nil && all.trusted != own.trusted {
            lose("other certificates than another check has: there is one block SSL for all")
        }
        tls = all
        return statements
    }
}
