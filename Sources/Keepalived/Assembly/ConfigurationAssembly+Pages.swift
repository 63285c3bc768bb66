import Addresses
import Configuration
import Dialogues
import IPVS
import Patterns

// Checks by HTTP_GET and SSL_GET: one for each url.
extension ConfigurationAssembly {
    mutating func pageChecks(_ block: CheckedBlock, _ frame: CheckFrame) -> [ServerCheck] {
        let urls = block.all("url")
        guard !urls.isEmpty else {
            findings.error("\(block.keyword.text) asks for no url", at: block.keyword, expected: "url { path PATH }")
            return []
        }
        guard let target = target(block, frame, needsPort: true) else { return [] }
        let origin = origin(block, target)
        return urls.compactMap { entry in
            guard let url = entry.block, let request = request(url, block, target, frame) else { return nil }
            var negotiation = Negotiation(.http(request))
            if block.scope == .tlsCheck { negotiation.security = security(url, block, frame) }
            let probe = HealthCheck(
                method: .negotiate(negotiation),
                target: target,
                timeout: frame.timeout(block),
                origin: origin
            )
            return frame.check(probe, block)
        }
    }

    private mutating func request(
        _ url: CheckedBlock,
        _ block: CheckedBlock,
        _ target: Endpoint,
        _ frame: CheckFrame
    ) -> HTTPRequest? {
        guard let path = url.text("path") else {
            if !url.mentions("path") {
                findings.error("the path of the url is missing", at: url.keyword, expected: "path PATH")
            }
            return nil
        }
        let word = block.text("http_protocol") ?? HTTPRequest.Version.http10.rawValue
        var request = HTTPRequest(
            target: path,
            host: virtualHost(url, block, frame) ?? target.description,
            by: HTTPRequest.Version(rawValue: word.uppercased()) ?? .http10
        )
        let ranges = url.statuses("status_code")
        if !ranges.isEmpty { request.statuses = HTTPStatusSet(ranges) }
        request.digest = url.bytes("digest")
        request.pattern = pattern(url)
        return request
    }

    /// The name that a request asks for; nil where nobody says one.
    private func virtualHost(_ url: CheckedBlock, _ block: CheckedBlock, _ frame: CheckFrame) -> String? {
        url.text("virtualhost") ?? block.text("virtualhost") ?? frame.defaults.virtualHost
    }

    private mutating func pattern(_ url: CheckedBlock) -> ContentPattern? {
        guard let entry = url.entry("regex"), let source = entry.text else {
            guard !url.mentions("regex") else { return nil }
            for entry in url.entries where entry.rule.name.hasPrefix("regex_") {
                findings.warning("\(entry.rule.name) does nothing without regex", at: entry.keyword)
            }
            return nil
        }
        var options: ContentPattern.Options = []
        for case .text(let name) in url.all("regex_options").flatMap(\.values).map(\.value) {
            if let option = ContentPattern.Options(name: name) { options.insert(option) }
        }
        var pattern = ContentPattern(source, syntax: .pcre2(options))
        pattern.isNegated = url.has("regex_no_match")
        pattern.minOffset = Int(clamping: url.number("regex_min_offset") ?? 0)
        pattern.maxOffset = url.number("regex_max_offset").map { Int(clamping: $0) }
        do {
            _ = try pattern.compiled()
        } catch {
            findings.error(
                "no regular expression: \(error.message)",
                at: entry.place,
                note: "A backslash before a letter is taken away here, as keepalived does: it is written twice."
            )
        }
        return pattern
    }

    private func security(_ url: CheckedBlock, _ block: CheckedBlock, _ frame: CheckFrame) -> TLSSettings {
        var settings = TLSSettings()
        let name = virtualHost(url, block, frame)?.withoutPort
        settings.verifiesCertificate = block.boolean("tls_verify") ?? false
        if block.boolean("enable_sni") ?? false || settings.verifiesCertificate { settings.serverName = name }
        if settings.verifiesCertificate { settings.trustedCertificates = words.tls.text("ca") }
        let (certificate, key) = (words.tls.text("certificate"), words.tls.text("key"))
        if certificate != nil || key != nil {
            settings.identity = TLSIdentity(certificate: certificate, key: key, password: words.tls.text("password"))
        }
        return settings
    }
}
