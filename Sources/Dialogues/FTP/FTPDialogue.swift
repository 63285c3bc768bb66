package import Addresses
package import Configuration
import Patterns

/// A login by FTP and, where a file is named, its retrieval in binary form.
///
/// The data connection goes to the address of the server itself, whatever address it names. The verdict waits for the whole
/// file, or for as much of it as is looked at, and for the server's word that it is complete.
package struct FTPDialogue: ScriptedDialogue {
    /// The bytes of a file that are looked at.
    package static let fileLimit = 1 << 20

    var script: ReplyScript<NumberedReplyReader>
    private let file: String?
    private let source: ContentPattern?
    private var search: PatternSearch?
    private var byteCount = 0

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - credentials: Who logs in.
    ///   - file: What is retrieved; nil to be content with the login.
    ///   - pattern: What must be found in the file.
    ///   - target: The server.
    ///   - security: TLS from the first byte, on both connections.
    package init(
        _ credentials: Credentials,
        file: String?,
        pattern: ContentPattern?,
        target: Endpoint,
        security: TLSSettings?
    ) {
        self.file = file
        source = pattern
        let session = FTPSession(
            credentials: credentials,
            address: target.address,
            retrieves: file != nil,
            searches: pattern != nil
        )
        let reader = NumberedReplyReader(.firstAndLast)
        script = ReplyScript("FTP", reading: reader, target: target, security: security) { _ in session.greeting }
    }

    package mutating func start() -> [DialogueAction] {
        if let source {
            do {
                search = try source.search(limit: FTPDialogue.fileLimit)
            } catch {
                return script.take(.fail(.director(.malformed), "the pattern is malformed: \(error.message)"))
            }
        }
        return script.start()
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        switch channel {
        case .main: script.connected(local: local)
        case .data: script.isGoingOn ? script.take(.go(FTPSession.retrieval(of: file ?? ""))) : []
        }
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        switch channel {
        case .main: script.received(bytes) + conclude()
        case .data: receivedFile(bytes)
        }
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        guard channel == .data else { return script.ended() }
        script.endsWithNote = true
        return conclude()
    }

    private mutating func receivedFile(_ bytes: RawSpan) -> [DialogueAction] {
        guard script.isGoingOn, !script.endsWithNote else { return [] }
        _ = search?.received(bytes)
        byteCount += min(bytes.byteCount, FTPDialogue.fileLimit)
        guard byteCount >= FTPDialogue.fileLimit else { return [] }
        // The rest of the file does not matter, nor what the server says of it.
        return script.take(judge("the first \(FTPDialogue.fileLimit) bytes of the file"))
    }

    /// The verdict once the file has come and the server says that it is complete.
    private mutating func conclude() -> [DialogueAction] {
        guard script.isGoingOn, script.endsWithNote, let completion = script.noted else { return [] }
        return script.take(judge(completion))
    }

    private mutating func judge(_ text: String) -> Move {
        switch search?.ended() {
        case nil, .found: .pass(text)
        case .notFound: .fail(.dialogue(.mismatch), "\(text), but the file does not match")
        case .limit where search?.isCrowdedOut == true:
            .fail(.director(.refused), "the answers of other servers leave no memory to search this one's file")
        case .limit: .fail(.dialogue(.limit), "\(text), but searching the file takes too long")
        }
    }
}
