import Addresses
import Configuration
import Dialogues
import Testing

/// Redirects to hosts whose place must be asked for.
struct HTTPRedirectPlaceTests {
    private static let name = "www.example.org"

    private static func place(_ address: String, _ scope: AddressScope, _ service: HostPlace.Service? = nil)
        -> HostPlace
    {
        HostPlace(address: IPAddress(address) ?? .any(.ipv4), scope: scope, service: service)
    }

    private static func endpoint(_ address: String, _ port: UInt16) -> Endpoint {
        Endpoint(address: IPAddress(address) ?? .any(.ipv4), port: port)
    }

    /// A conversation with 10.0.0.1:8080 that has sent its check elsewhere.
    private func redirected(
        to location: String,
        _ answer: HostAnswer,
        _ policy: HTTPRequest.RedirectPolicy = .follow,
        host: String = name
    ) -> HTTPConversation {
        var request = HTTPRequest(target: "/", host: "10.0.0.1")
        request.redirects = policy
        var conversation = HTTPConversation(request)
        conversation.hosts[host] = answer
        conversation.receive("HTTP/1.1 301 Moved\r\nLocation: \(location)\r\n\r\n")
        return conversation
    }

    private func opened(_ conversation: HTTPConversation) -> Endpoint? {
        guard conversation.opened.count == 2, case .open(_, let endpoint, _, _) = conversation.opened[1] else {
            return nil
        }
        return endpoint
    }

    @Test func aNameIsAskedForAndFollowed() {
        let conversation = redirected(
            to: "http://www.example.org/x",
            .places([Self.place("192.0.2.7", .elsewhere), Self.place("192.0.2.8", .elsewhere)], askerScope: .elsewhere)
        )
        let server = HTTPConversation.server.address
        #expect(conversation.questions == [HostQuestion(host: Self.name, port: 80, server: server, asker: server)])
        #expect(opened(conversation) == Self.endpoint("192.0.2.7", 80))
        #expect(conversation.sent.last?.contains("\r\nHost: www.example.org\r\n") == true)
    }

    /// A host of a request that nobody knew when the file was read.
    private func sought(_ answer: HostAnswer) -> HTTPConversation {
        var request = HTTPRequest(target: "/x", host: "10.0.0.1")
        request.soughtHost = Self.name
        return HTTPConversation(request, hosts: [Self.name: answer])
    }

    @Test func aHostThatWasNotKnownIsAskedFirst() {
        var conversation = sought(
            .places([Self.place("fd00::7", .elsewhere), Self.place("127.0.0.7", .thisMachine)], askerScope: .elsewhere)
        )
        let server = HTTPConversation.server
        #expect(
            conversation.questions
                == [HostQuestion(host: Self.name, port: server.port, server: server.address, asker: server.address)]
        )
        let host = Self.endpoint("127.0.0.7", server.port)
        #expect(conversation.opened == [.open(.main, host, .tcp, security: nil)])
        #expect(conversation.sent.first?.hasPrefix("GET /x HTTP/1.1\r\n") == true)
        // Where it stays, the answers come from there too.
        conversation.receive("HTTP/1.1 301 Moved\r\nLocation: /y\r\n\r\n")
        #expect(conversation.opened == Array(repeating: .open(.main, host, .tcp, security: nil), count: 2))
        conversation.receive("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(conversation.verdict == .up("200 OK"))
    }

    @Test func aHostThatIsStillNotKnownIsTheReason() {
        let conversation = sought(.unknown("whose host is not found: no such host"))
        let text = "the request is for www.example.org, whose host is not found: no such host"
        #expect(conversation.verdict == .down(.dialogue(.unreachable), text))
        #expect(conversation.opened == [])
        #expect(sought(.unasked("there is no thread")).verdict == .down(.director(.refused), "there is no thread"))
    }

    @Test func aNameIsSentInTLS() {
        let conversation = redirected(
            to: "https://www.example.org",
            .places([Self.place("192.0.2.7", .elsewhere)], askerScope: .elsewhere)
        )
        let security = TLSSettings(serverName: Self.name)
        #expect(conversation.opened.last == .open(.main, Self.endpoint("192.0.2.7", 443), .tcp, security: security))
    }

    @Test func aNameOfTheServerLeadsToItsPort() {
        let answer = HostAnswer.places([Self.place("10.0.0.1", .elsewhere)], askerScope: .elsewhere)
        #expect(opened(redirected(to: "http://www.example.org/", answer, .sameHost)) == HTTPConversation.server)
        #expect(opened(redirected(to: "http://www.example.org:81/", answer)) == Self.endpoint("10.0.0.1", 81))
    }

    /// The service's own address stands for the server that is checked, at its port in that service.
    @Test(arguments: [HTTPRequest.RedirectPolicy.follow, .anywhere])
    func aVirtualServiceMeansTheServer(policy: HTTPRequest.RedirectPolicy) {
        let own = HostPlace.Service.sameServer(Self.endpoint("10.0.0.1", 8443))
        let place = Self.place("192.0.2.80", .thisMachine, own)
        let conversation = redirected(to: "https://www.example.org/", .places([place], askerScope: .elsewhere), policy)
        #expect(opened(conversation) == Self.endpoint("10.0.0.1", 8443))
    }

    @Test func aVirtualServiceOfOthersIsFollowed() {
        let place = Self.place("192.0.2.80", .thisMachine, .otherServers)
        let conversation = redirected(to: "http://www.example.org/", .places([place], askerScope: .elsewhere))
        #expect(opened(conversation) == Self.endpoint("192.0.2.80", 80))
    }

    static let scopes: [AddressScope] = [.thisMachine, .link, .elsewhere]

    @Test(arguments: scopes, scopes)
    func nobodyOutsideLeadsInside(asker: AddressScope, target: AddressScope) {
        let answer = HostAnswer.places([Self.place("192.0.2.9", target)], askerScope: asker)
        for (location, host) in [("http://www.example.org/", Self.name), ("https://0x7f.1/", "0x7f.1")] {
            let conversation = redirected(to: location, answer, host: host)
            let isFollowed = target == .elsewhere || target == asker
            #expect((opened(conversation) != nil) == isFollowed)
            if !isFollowed {
                let place = target == .link ? "192.0.2.9 on the director's own link" : "192.0.2.9, the director itself"
                let text =
                    "301 Moved, a redirect to \(location), which leads to \(place) (redirect=anywhere allows that)"
                #expect(conversation.verdict == .down(.dialogue(.status(301)), text))
            }
            #expect(opened(redirected(to: location, answer, .anywhere, host: host)) != nil)
        }
    }

    @Test func theFirstPlaceThatMayBeAskedIs() {
        let places = [Self.place("127.0.0.1", .thisMachine), Self.place("192.0.2.7", .elsewhere)]
        let conversation = redirected(to: "http://www.example.org/", .places(places, askerScope: .elsewhere))
        #expect(opened(conversation) == Self.endpoint("192.0.2.7", 80))
    }

    /// A chain of redirects gives nobody more than the last one in it has.
    @Test func whoAnsweredAsks() {
        var conversation = redirected(
            to: "http://www.example.org/",
            .places([Self.place("192.0.2.7", .elsewhere)], askerScope: .thisMachine)
        )
        conversation.receive("HTTP/1.1 302 Found\r\nLocation: http://localhost/\r\n\r\n")
        #expect(conversation.questions.last?.asker == IPAddress("192.0.2.7"))
        #expect(conversation.questions.last?.server == HTTPConversation.server.address)
    }

    @Test func relativeRedirectsStayAtThePlace() {
        var conversation = redirected(
            to: "http://www.example.org/",
            .places(
                [Self.place("192.0.2.80", .thisMachine, .sameServer(HTTPConversation.server))],
                askerScope: .elsewhere
            )
        )
        conversation.receive("HTTP/1.1 302 Found\r\nLocation: /next\r\n\r\n")
        conversation.receive("HTTP/1.1 302 Found\r\nLocation: http://www.example.org:80/next\r\n\r\n")
        #expect(conversation.questions.count == 1)
        #expect(conversation.opened.last == .open(.main, HTTPConversation.server, .tcp, security: nil))
    }

    @Test func aNameThatIsUnknownFails() {
        let conversation = redirected(to: "http://www.example.org/", .unknown("whose host is not found: nobody knows"))
        let text = "301 Moved, a redirect to http://www.example.org/, whose host is not found: nobody knows"
        #expect(conversation.verdict == .down(.dialogue(.status(301)), text))
    }

    @Test func theDirectorsOwnTroubleIsNotTheServers() {
        let conversation = redirected(to: "http://www.example.org/", .unasked("64 names are being looked up"))
        #expect(conversation.verdict == .down(.director(.refused), "64 names are being looked up"))
    }
}
