import Addresses
import Configuration
import Dialogues
import Testing

struct HTTPRedirectTests {
    /// A redirect of `http://10.0.0.1:8080/a/b?c`, known as `www.example.com`, and what is asked next.
    struct Case: Sendable, CustomTestStringConvertible {
        var location: String
        var endpoint: String
        var line: String
        var host = "www.example.com"
        var isSecure = false
        var staysOnServer = true
        var testDescription: String { location }
    }

    static let cases: [Case] = [
        Case(location: "/x", endpoint: "10.0.0.1:8080", line: "/x"),
        Case(location: "x?y", endpoint: "10.0.0.1:8080", line: "/a/x?y"),
        Case(location: "?y", endpoint: "10.0.0.1:8080", line: "/a/b?y"),
        Case(location: "#f", endpoint: "10.0.0.1:8080", line: "/a/b?c"),
        Case(location: "../../x/./y/../z/", endpoint: "10.0.0.1:8080", line: "/x/z/"),
        Case(location: " /ü x ", endpoint: "10.0.0.1:8080", line: "/%C3%BC%20x"),
        Case(location: "http://www.example.com/x", endpoint: "10.0.0.1:8080", line: "/x"),
        Case(location: "HTTP://WWW.Example.Com", endpoint: "10.0.0.1:8080", line: "/"),
        Case(location: "//www.example.com/x", endpoint: "10.0.0.1:8080", line: "/x"),
        Case(location: "http://10.0.0.1/x", endpoint: "10.0.0.1:8080", line: "/x", host: "10.0.0.1"),
        Case(
            location: "http://www.example.com:8080/x",
            endpoint: "10.0.0.1:8080",
            line: "/x",
            host: "www.example.com:8080"
        ),
        Case(
            location: "http://user:word@www.example.com:81/x",
            endpoint: "10.0.0.1:81",
            line: "/x",
            host: "www.example.com:81",
            staysOnServer: false
        ),
        Case(
            location: "https://www.example.com/x",
            endpoint: "10.0.0.1:443",
            line: "/x",
            isSecure: true,
            staysOnServer: false
        ),
        Case(
            location: "http://10.0.0.9/x",
            endpoint: "10.0.0.9:80",
            line: "/x",
            host: "10.0.0.9",
            staysOnServer: false
        ),
        Case(
            location: "http://[2001:DB8::1]:8000/x",
            endpoint: "[2001:db8::1]:8000",
            line: "/x",
            host: "[2001:db8::1]:8000",
            staysOnServer: false
        ),
    ]

    private func redirected(to location: String, _ policy: HTTPRequest.RedirectPolicy = .follow) -> HTTPConversation {
        var request = HTTPRequest(target: "/a/b?c", host: "www.example.com")
        request.redirects = policy
        var conversation = HTTPConversation(request)
        conversation.receive("HTTP/1.1 302 Found\r\nLocation: \(location)\r\n\r\nelsewhere")
        return conversation
    }

    @Test(arguments: cases)
    func redirectsAreFollowed(_ example: Case) throws {
        var conversation = redirected(to: example.location)
        try #require(conversation.sent.count == 2)
        guard case .open(.main, let endpoint, .tcp, let security) = conversation.opened[1] else {
            Issue.record("no connection")
            return
        }
        #expect(endpoint.description == example.endpoint)
        #expect((security != nil) == example.isSecure)
        let lines = conversation.sent[1].split(separator: "\r\n")
        #expect(lines[0] == "GET \(example.line) HTTP/1.1")
        #expect(lines[2] == "Host: \(example.host)")
        conversation.receive("HTTP/1.1 200 Fine\r\nContent-Length: 0\r\n\r\n")
        #expect(conversation.verdict == .up("200 Fine"))
    }

    @Test(arguments: cases)
    func redirectsStayOnTheServerIfTheyMust(_ example: Case) {
        let conversation = redirected(to: example.location, .sameHost)
        #expect(conversation.sent.count == (example.staysOnServer ? 2 : 1))
        guard !example.staysOnServer else { return }
        let text = "302 Found, a redirect to \(example.location), which is not this server"
        #expect(conversation.verdict == .down(.dialogue(.status(302)), text))
    }

    @Test(arguments: [
        ("http://other.example.com/", "whose host is not found"),
        ("ftp://www.example.com/", "which is no URL of HTTP"),
        ("http:x", "which is no URL of HTTP"),
        ("http://", "which is no URL of HTTP"),
        ("http://www.example.com:0/", "which is no URL of HTTP"),
        ("http://www.example.com:65536/", "which is no URL of HTTP"),
        ("http://[::1/", "which is no URL of HTTP"),
        ("http://a%20b/", "which is no URL of HTTP"),
        (":x", "which is no URL of HTTP"),
    ])
    func redirectsThatLeadNowhereAreFailures(location: String, reason: String) {
        let conversation = redirected(to: location)
        let text = "302 Found, a redirect to \(location), \(reason)"
        #expect(conversation.verdict == .down(.dialogue(.status(302)), text))
        #expect(conversation.opened.count == 1)
    }

    @Test
    func redirectsNeedNotBeFollowed() {
        #expect(redirected(to: "/x", .no).verdict == .down(.dialogue(.status(302)), "302 Found"))
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func everyRedirectIsOne(status: Int) {
        var conversation = HTTPConversation(HTTPRequest(target: "/", host: "h"))
        conversation.receive("HTTP/1.1 \(status) x\r\nLocation: /y\r\n\r\n")
        #expect(conversation.sent.count == 2)
    }

    @Test
    func redirectsHaveAnEnd() {
        var conversation = HTTPConversation(HTTPRequest(target: "/", host: "h"))
        for _ in 0..<8 { conversation.receive("HTTP/1.1 307 x\r\nLocation: /y\r\n\r\n") }
        #expect(conversation.verdict == .down(.dialogue(.limit), "more than 7 redirects"))
        #expect(conversation.sent.count == 8)
    }

    @Test
    func aNameIsSentInTLS() {
        var conversation = HTTPConversation(
            HTTPRequest(target: "/", host: "www.example.com"),
            security: TLSSettings(verifiesCertificate: true, serverName: "sni")
        )
        conversation.receive("HTTP/1.1 302 x\r\nLocation: /y\r\n\r\n")
        conversation.receive("HTTP/1.1 302 x\r\nLocation: https://10.0.0.9/\r\n\r\n")
        conversation.receive("HTTP/1.1 302 x\r\nLocation: http://www.example.com/\r\n\r\n")
        conversation.receive("HTTP/1.1 302 x\r\nLocation: https://www.example.com/\r\n\r\n")
        let security = conversation.opened.map { action -> TLSSettings? in
            guard case .open(_, _, _, let security) = action else { return nil }
            return security
        }
        let own = TLSSettings(verifiesCertificate: true, serverName: "sni")
        #expect(security == [own, own, TLSSettings(verifiesCertificate: true), nil, own])
        var plain = HTTPConversation(HTTPRequest(target: "/", host: "www.example.com"))
        plain.receive("HTTP/1.1 302 x\r\nLocation: https://www.example.com/\r\n\r\n")
        let expected = TLSSettings(serverName: "www.example.com")
        let endpoint = Endpoint(address: HTTPConversation.server.address, port: 443)
        #expect(plain.opened.last == .open(.main, endpoint, .tcp, security: expected))
    }

    @Test
    func aProxyIsAskedAgain() {
        func redirected(to location: String, _ policy: HTTPRequest.RedirectPolicy) -> HTTPConversation {
            var request = HTTPRequest(target: "http://www.example.org/x", host: "www.example.org")
            request.redirects = policy
            var conversation = HTTPConversation(request)
            conversation.receive("HTTP/1.1 302 x\r\nLocation: \(location)\r\n\r\n")
            return conversation
        }
        let line = { (conversation: HTTPConversation) in conversation.sent.last?.split(separator: "\r\n").first }
        #expect(line(redirected(to: "y", .sameHost)) == "GET http://www.example.org/y HTTP/1.1")
        let other = redirected(to: "http://other.example.org:81/y", .follow)
        #expect(line(other) == "GET http://other.example.org:81/y HTTP/1.1")
        #expect(other.opened.last == .open(.main, HTTPConversation.server, .tcp, security: nil))
        #expect(redirected(to: "http://other.example.org/y", .sameHost).sent.count == 1)
        #expect(
            redirected(to: "https://www.example.org/", .follow).verdict
                == .down(
                    .dialogue(.status(302)),
                    "302 x, a redirect to https://www.example.org/, which a proxy is not asked for"
                )
        )
    }
}
