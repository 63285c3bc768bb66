package import Addresses
package import Configuration
import Patterns

/// A request over HTTP, by itself, in TLS or to a proxy, and the redirects that follow it.
///
/// The verdict waits for the whole body, or for as much of it as is looked at: a server that gets stuck in the middle of a
/// body, or ends it too early, is down. Bodies are searched as they come and not kept. The request asks for what it can
/// read, so it does not offer to take compressed bodies (`TE`), and has the connection closed behind the response.
package struct HTTPDialogue: DialogueMachine {
    /// How many redirects are followed.
    package static let redirectsAtMost = 7

    private let request: HTTPRequest
    /// The first request, at the host that it is for once that is known.
    private var first: HTTPHop
    private var hop: HTTPHop
    private var redirects = 0
    /// The next request while nobody knows yet where its host is.
    private var unlocated: HTTPHop?
    private var isReading = false
    private var reader: HTTPResponseReader
    private var head: HTTPResponseHead?
    private var bodyCount = 0
    private var search: PatternSearch?
    private var genhash: GenhashBody?
    /// The beginning of an answer in HTTP/0.9, for people.
    private var bareBeginning: [UInt8] = []

    /// Makes the dialogue of a request with a server.
    package init(_ request: HTTPRequest, target: Endpoint, security: TLSSettings?) {
        self.request = request
        first = HTTPHop(request, target: target, security: security)
        hop = first
        reader = HTTPDialogue.reader(for: request)
    }

    package mutating func start() -> [DialogueAction] {
        if let source = request.pattern {
            do {
                search = try source.search(limit: request.bodyLimit)
            } catch {
                return finish(.director(.malformed), "the pattern is malformed: \(error.message)")
            }
        }
        guard let host = request.soughtHost else { return open() }
        let server = first.endpoint.address
        return [.locate(HostQuestion(host: host, port: first.endpoint.port, server: server, asker: server))]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        isReading = true
        return [.send(requestBytes())]
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        guard isReading else { return [] }
        genhash?.received(bytes)
        var position = 0
        do throws(HTTPFault) {
            while let event = try reader.next(in: bytes, at: &position) {
                switch event {
                case .head(let head):
                    if let actions = judge(head) { return actions }
                case .body(let range):
                    if let actions = look(at: bytes.extracting(range)) { return actions }
                case .former(let bytes):
                    if let actions = look(at: bytes.span.bytes) { return actions }
                case .end:
                    // Where the original of genhash reads on, the digest is of what it reads.
                    guard let genhash, !genhash.isComplete else { return conclude() }
                }
            }
        } catch {
            return finish(error.layer, error.text)
        }
        if let genhash, genhash.count > request.bodyLimit { return overlong() }
        return []
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        guard isReading else { return [] }
        switch reader.ended() {
        case .complete: return conclude()
        case .empty: return finish(.dialogue(.closed), "the connection was closed without an answer")
        case .afterHead(let head) where genhash == nil:
            return judge(head) ?? conclude()
        case .inHead, .afterHead: return finish(.dialogue(.closed), "the connection was closed within the header")
        case .inBody(let count, let length):
            let whole = length.map { " of \($0)" } ?? ""
            return finish(.dialogue(.closed), "the connection was closed after \(count)\(whole) bytes of the body")
        }
    }

    /// What the head decides; nil where the body is to be read.
    private mutating func judge(_ head: HTTPResponseHead) -> [DialogueAction]? {
        self.head = head
        if request.statuses.contains(head.status) { return nil }
        let isRedirect = [301, 302, 303, 307, 308].contains(head.status) && request.redirects != .no
        guard isRedirect, let location = head.location else {
            return finish(.dialogue(.status(Int(head.status))), head.statusLine)
        }
        guard redirects < HTTPDialogue.redirectsAtMost else {
            return finish(.dialogue(.limit), "more than \(HTTPDialogue.redirectsAtMost) redirects")
        }
        redirects += 1
        do throws(HTTPHop.Refusal) {
            switch try hop.redirected(to: location, first: first, request.redirects) {
            case .next(let next):
                hop = next
                return open()
            case .unlocated(let next, let question):
                unlocated = next
                isReading = false
                return [.locate(question)]
            }
        } catch {
            return refuse(error)
        }
    }

    package mutating func located(_ answer: HostAnswer) -> [DialogueAction] {
        guard let next = unlocated else { return locatedFirst(answer) }
        unlocated = nil
        do throws(HTTPHop.Refusal) {
            switch answer {
            case .places(let places, let scope):
                hop = try next.located(at: places, askerScope: scope, after: hop, first: first, request.redirects)
            case .unknown(let text): throw .unknown(text)
            case .unasked(let text): return finish(.director(.refused), text)
            }
        } catch {
            return refuse(error)
        }
        return open()
    }

    /// Begins with the host that the request is for, if that is where it has to be asked for at all.
    private mutating func locatedFirst(_ answer: HostAnswer) -> [DialogueAction] {
        guard let host = request.soughtHost, head == nil else { return [] }
        switch answer {
        case .places(let places, _):
            let family = first.endpoint.address.family
            guard let place = places.first(where: { $0.address.family == family }) ?? places.first else {
                return finish(.director(.limit), "the request is for \(host), and that host has no address")
            }
            first.endpoint = Endpoint(address: place.address, port: first.endpoint.port)
            hop = first
            return open()
        case .unknown(let text): return finish(.dialogue(.unreachable), "the request is for \(host), \(text)")
        case .unasked(let text): return finish(.director(.refused), text)
        }
    }

    /// Fails with a redirect that is not followed.
    private mutating func refuse(_ refusal: HTTPHop.Refusal) -> [DialogueAction] {
        let place = String(printable: head?.location ?? [])
        let text = "\(head?.statusLine ?? ""), a redirect to \(place), \(refusal.text)"
        return finish(.dialogue(.status(Int(head?.status ?? 0))), text)
    }

    /// Takes a part of the body; nil where more is to be read.
    private mutating func look(at bytes: RawSpan) -> [DialogueAction]? {
        if isBare, bareBeginning.count < HTTPDialogue.shownOfBareBody {
            bytes.withUnsafeBytes { bareBeginning += $0.prefix(HTTPDialogue.shownOfBareBody - bareBeginning.count) }
        }
        let (count, isOverflow) = bodyCount.addingReportingOverflow(bytes.byteCount)
        bodyCount = isOverflow ? .max : count
        _ = search?.received(bytes)
        guard bodyCount >= request.bodyLimit else { return nil }
        guard genhash == nil else { return bodyCount > request.bodyLimit ? overlong() : nil }
        return conclude()
    }

    /// The verdict on a response that is complete, or as much of it as is looked at.
    private mutating func conclude() -> [DialogueAction] {
        let statusLine = head?.statusLine ?? ""
        switch search?.ended() {
        case .notFound where isBare: return finish(.dialogue(.malformed), "\(bareText), and does not match")
        case nil, .found: break
        case .notFound where request.method == .head:
            return finish(.dialogue(.mismatch), "\(statusLine), but the answer to HEAD has no body that could match")
        case .notFound: return finish(.dialogue(.mismatch), "\(statusLine), but the body does not match")
        case .limit where search?.isCrowdedOut == true:
            return finish(.director(.refused), "the bodies of other servers leave no memory to search this one")
        case .limit: return finish(.dialogue(.limit), "\(statusLine), but searching the body takes too long")
        }
        if let genhash, let expected = request.digest {
            if let fault = genhash.mismatch(with: expected, status: statusLine) {
                return finish(fault.layer, fault.text)
            }
        }
        isReading = false
        return [.finish(.up, .dialogue(.passed), text: statusLine)]
    }

    /// Whether the answer has no head.
    private var isBare: Bool { head?.isAssumed == true }

    private var bareText: String { HTTPFault.notHTTP(bareBeginning).text }

    package var lateness: (layer: CheckLayer, text: String)? {
        isReading && isBare ? (.dialogue(.malformed), "\(bareText), and does not end") : nil
    }

    private mutating func overlong() -> [DialogueAction] {
        let fault = GenhashBody.overlong(request.bodyLimit)
        return finish(fault.layer, fault.text)
    }

    private mutating func finish(_ layer: CheckLayer, _ text: String) -> [DialogueAction] {
        isReading = false
        return [.finish(.down, layer, text: text)]
    }

    private mutating func open() -> [DialogueAction] {
        isReading = false
        reader = HTTPDialogue.reader(for: request)
        genhash = request.digest == nil ? nil : GenhashBody()
        return [.open(.main, hop.endpoint, .tcp, security: hop.security)]
    }

    /// The request; with a digest in the version that genhash asks in, so that the body comes in the same form.
    private func requestBytes() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(96 + hop.requestTarget.utf8.count + hop.host.utf8.count)
        bytes.append(contentsOf: request.method.rawValue.utf8)
        bytes.append(0x20)
        bytes.append(contentsOf: hop.requestTarget.utf8)
        bytes.append(contentsOf: (request.digest == nil ? " HTTP/1.1" : " HTTP/1.0").utf8)
        bytes.append(contentsOf: "\r\nConnection: close\r\nHost: ".utf8)
        bytes.append(contentsOf: hop.host.utf8)
        bytes.append(contentsOf: "\r\nUser-Agent: directrix\r\n\r\n".utf8)
        return bytes
    }

    private static func reader(for request: HTTPRequest) -> HTTPResponseReader {
        HTTPResponseReader(
            isHeadRequest: request.method == .head,
            readsUnlikelyBodies: request.pattern != nil,
            // Only what is found in the text can tell that it is the right one.
            takesBareBodies: request.pattern != nil && request.digest == nil && request.method != .head
                && request.statuses.contains(HTTPResponseHead.assumed.status)
        )
    }

    private static let shownOfBareBody = 80
}
