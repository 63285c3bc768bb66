package import Addresses
package import Configuration
import Patterns

/// A GET request of a `KeepAliveClient`: its status, and what the bytes behind the head are.
///
/// The status is the number behind the first blank of the answer. What the head says of the body tells where the answer ends
/// while the connection stays open, and how chunks are put together for the pattern; it proves nothing: a body that has
/// less, or more, or no form at all, goes on to the end of the connection. The digest is that of genhash, which knows nothing
/// of chunks.
///
/// keepalived searches whatever its first read gives it, so that the head is a part of the text or is none, as the server
/// happens to cut it. Neither must take a server out that it would leave in: the pattern is searched in the body, and in
/// head and body together as they come, and one of both is enough.
package struct HTTPGetDialogue: DialogueMachine {
    private enum Stage {
        case connecting
        case head
        case body(HTTPResponseReader)
        /// All that comes belongs to the body.
        case rest
        case over
    }

    private let request: HTTPRequest
    private let version: HTTPRequest.Version
    private let target: Endpoint
    private let security: TLSSettings?
    private var stage = Stage.connecting
    private var head: [UInt8] = []
    private var status = ""
    private var bodyCount = 0
    /// Whether the answer is there as far as its head tells, and does not pass so.
    private var isComplete = false
    /// The search in the body.
    private var search: PatternSearch?
    /// The search in all that comes, as it comes.
    private var wholeSearch: PatternSearch?
    private var genhash: GenhashBody?

    /// Makes the dialogue of a request with a server.
    package init(_ request: HTTPRequest, by version: HTTPRequest.Version, target: Endpoint, security: TLSSettings?) {
        self.request = request
        self.version = version
        self.target = target
        self.security = security
    }

    package mutating func start() -> [DialogueAction] {
        do {
            search = try request.pattern?.search(limit: request.bodyLimit)
            wholeSearch = try request.pattern?.search(limit: HTTPResponseReader.headLimit + request.bodyLimit)
        } catch {
            return finish((.director(.malformed), "the pattern is malformed: \(error.message)"))
        }
        if request.digest != nil { genhash = GenhashBody() }
        return [.open(.main, target, .tcp, security: security)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        stage = .head
        return [.send(requestBytes)]
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        genhash?.received(bytes)
        _ = wholeSearch?.received(bytes)
        var position = 0
        if case .head = stage {
            guard let end = takeHead(bytes) else {
                guard head.count > HTTPResponseReader.headLimit else { return [] }
                return finish((HTTPFault.headTooLong.layer, HTTPFault.headTooLong.text))
            }
            if let fault = judge() { return finish(fault) }
            position = end
        }
        if case .body(var reader) = stage {
            stage = .rest
            do throws(HTTPFault) {
                while let event = try reader.next(in: bytes, at: &position) {
                    switch event {
                    case .body(let range): take(bytes.extracting(range))
                    case .head, .former: break
                    case .end:
                        guard fault != nil else { return pass() }
                        isComplete = true
                        take(bytes.extracting(droppingFirst: position))
                        return verdictAtBound
                    }
                }
                stage = .body(reader)
                return verdictAtBound
            } catch {
                // What has no form is read as it is.
            }
        }
        if case .rest = stage { take(bytes.extracting(droppingFirst: position)) }
        return verdictAtBound
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        switch stage {
        case .connecting, .over: return []
        case .head:
            let text = head.isEmpty ? "without an answer" : "within the header"
            return finish((.dialogue(.closed), "the connection was closed \(text)"))
        case .body, .rest: return fault.map { finish($0) } ?? pass()
        }
    }

    package var lateness: (layer: CheckLayer, text: String)? { isComplete ? fault : nil }

    /// Takes bytes of the head; the place in them where it ends, or nil.
    private mutating func takeHead(_ bytes: RawSpan) -> Int? {
        let before = head.count
        let room = HTTPResponseReader.headLimit + 1 - before
        bytes.withUnsafeBytes { head.append(contentsOf: $0.prefix(room)) }
        guard let end = head.endOfHead(from: max(before - 3, 0)) else { return nil }
        head.removeLast(head.count - end)
        return end - before
    }

    /// Reads the head; why it fails the server, or nil where the body is to be read.
    private mutating func judge() -> (layer: CheckLayer, text: String)? {
        let first = head.prefix { $0 != 0x0d && $0 != 0x0a }
        let rest = first.drop { $0 != 0x20 }.dropFirst()
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard digits.count == 3, digits.endIndex == rest.endIndex || rest[digits.endIndex] == 0x20 else {
            return (.dialogue(.malformed), "the answer has no status: \(String(printable: first, atMost: 80))")
        }
        let code = digits.reduce(UInt16(0)) { $0 * 10 + UInt16($1 - 0x30) }
        let reason = String(printable: rest.dropFirst(3).trimmingBlanks(), atMost: 120)
        var form = HTTPResponseHead(status: code, reason: reason)
        status = form.statusLine
        guard request.statuses.contains(code) else { return (.dialogue(.status(Int(code))), status) }
        let isClear = head.split(separator: 0x0a).dropFirst().allSatisfy { line in
            form.take(field: Array(line.last == 0x0d ? line.dropLast() : line))
        }
        stage = isClear ? .body(HTTPResponseReader(behind: form, readsUnlikelyBodies: looksAtBody)) : .rest
        return nil
    }

    private var looksAtBody: Bool { request.pattern != nil || request.digest != nil }

    /// The bytes of the body after which the verdict waits for nothing more; of one that nobody looks at, a few.
    private var bodyLimit: Int { looksAtBody ? request.bodyLimit : min(request.bodyLimit, Self.unseenLimit) }
    private static let unseenLimit = 1 << 20

    /// Takes a part of the body.
    private mutating func take(_ bytes: RawSpan) {
        bodyCount += bytes.byteCount
        _ = search?.received(bytes)
    }

    /// The end of a check that has looked at as much as it may; nothing where it has not.
    private var verdictAtBound: [DialogueAction] {
        mutating get {
            if let genhash {
                guard genhash.count > request.bodyLimit else { return [] }
                return finish(GenhashBody.overlong(request.bodyLimit))
            }
            guard bodyCount >= bodyLimit else { return [] }
            return fault.map { finish($0) } ?? pass()
        }
    }

    /// Why the answer fails the server, were it complete; nil where it passes.
    private var fault: (layer: CheckLayer, text: String)? {
        if let genhash, let expected = request.digest,
            let mismatch = genhash.mismatch(with: expected, status: status)
        {
            return mismatch
        }
        guard let pattern = request.pattern else { return nil }
        // What comes later may still change the outcome, which is for the searches themselves to find out.
        var searches = [search, wholeSearch]
        let outcomes = searches.indices.map { searches[$0]?.ended() }
        guard !outcomes.contains(pattern.isNegated ? .notFound : .found) else { return nil }
        guard outcomes.contains(.limit) else {
            return (.dialogue(.mismatch), "\(status), but the body \(pattern.isNegated ? "matches" : "does not match")")
        }
        guard !searches.contains(where: { $0?.isCrowdedOut == true }) else {
            return (.director(.refused), "the bodies of other servers leave no memory to search this one")
        }
        return (.dialogue(.limit), "\(status), but searching the body takes too long")
    }

    private mutating func pass() -> [DialogueAction] {
        stage = .over
        return [.finish(.up, .dialogue(.passed), text: status)]
    }

    private mutating func finish(_ fault: (layer: CheckLayer, text: String)) -> [DialogueAction] {
        stage = .over
        return [.finish(.down, fault.layer, text: fault.text)]
    }

    /// The request, its lines in the order of keepalived's `request_template`.
    private var requestBytes: [UInt8] {
        let (number, connection) =
            switch version {
            case .http10: ("1.0", "")
            case .http10Closing: ("1.0", "Connection: close\r\n")
            case .http11: ("1.1", "Connection: close\r\n")
            }
        let line = "GET \(request.target) HTTP/\(number)\r\nUser-Agent: KeepAliveClient\r\n"
        return Array("\(line)\(connection)Host: \(request.host)\r\n\r\n".utf8)
    }
}
