/// Reads one response of HTTP/1 as it arrives, in whatever pieces.
///
/// It keeps no more than the field that it is in the middle of. Lines may end in LF alone, and fields go on over several.
struct HTTPResponseReader: Sendable {
    /// What comes next in a response.
    enum Event: Hashable {
        /// The head is there; heads of preliminary answers are passed over.
        case head(HTTPResponseHead)
        /// Bytes of the body, the chunks taken off: where they stand in the piece.
        case body(Range<Int>)
        /// Bytes of a body without a head that came in former pieces.
        case former([UInt8])
        /// The response is complete.
        case end
    }

    /// How a response stands when the peer ends its sending.
    enum Ending: Hashable {
        case complete
        /// Nothing at all came.
        case empty
        case inHead
        /// The head is there but for its end, and it promises no body.
        case afterHead(HTTPResponseHead)
        /// So many bytes of the body came, of so many where that is known.
        case inBody(Int, of: Int?)
    }

    /// The bytes that heads may have together, preliminary ones included.
    ///
    /// The lines of chunks may have as many, and as many more as the body has: whoever sends it byte by byte is stopped.
    static let headLimit = 64 << 10

    private enum State {
        case statusLine
        /// There is no head, and these bytes of the body came in former pieces.
        case bare([UInt8])
        case fields
        case counted(Int)
        case chunkSize
        case chunk(Int)
        case chunkEnd
        case trailer
        case open
        case ended
    }

    private let isHeadRequest: Bool
    private let readsUnlikelyBodies: Bool
    private let takesBareBodies: Bool
    private var state = State.statusLine
    private var head: HTTPResponseHead?
    private var line: [UInt8] = []
    /// The field that the next line may go on with; nil where it is none that matters.
    private var field: [UInt8]?
    /// The bytes that heads may still have, and then the lines of chunks.
    private var headRoom = HTTPResponseReader.headLimit
    private var bodyCount = 0
    private var bodyLength: Int?

    /// Begins before the first byte.
    ///
    /// - Parameters:
    ///   - isHeadRequest: Whether HEAD was asked, which no body answers.
    ///   - readsUnlikelyBodies: Whether a body is read after 204 and 304, that should have none.
    ///   - takesBareBodies: Whether what does not begin as a status line is the body of an answer in HTTP/0.9.
    init(isHeadRequest: Bool, readsUnlikelyBodies: Bool, takesBareBodies: Bool) {
        self.isHeadRequest = isHeadRequest
        self.readsUnlikelyBodies = readsUnlikelyBodies
        self.takesBareBodies = takesBareBodies
    }

    /// Begins behind a head that was read otherwise.
    ///
    /// - Parameter readsUnlikelyBodies: Whether a body is read after 204 and 304, that should have none.
    init(behind head: HTTPResponseHead, readsUnlikelyBodies: Bool) {
        self.init(isHeadRequest: false, readsUnlikelyBodies: readsUnlikelyBodies, takesBareBodies: false)
        self.head = head
        state = bodyState(head)
    }

    /// The next event of a piece; nil when the piece is used up.
    ///
    /// - Parameter position: Where reading goes on in the piece; 0 for a new one.
    /// - Throws: `HTTPFault`; nothing can be read afterwards.
    mutating func next(in bytes: RawSpan, at position: inout Int) throws(HTTPFault) -> Event? {
        while true {
            switch state {
            case .statusLine:
                let former = line
                let start = position
                let whole = try takeLine(bytes, &position)
                // Blanks and empty lines before it say nothing; a CR alone may be half of the end of one.
                let begun = (whole ?? line).drop { HTTPResponseHead.isBlank($0) || $0 == 0x0d }
                guard HTTPResponseHead.canBegin(with: begun) else {
                    guard takesBareBodies else { throw .notHTTP(Array(begun)) }
                    position = start
                    line = []
                    state = former.isEmpty ? .open : .bare(former)
                    return .head(.assumed)
                }
                guard let whole else {
                    line = Array(begun)
                    return nil
                }
                guard !begun.isEmpty else { continue }
                head = HTTPResponseHead(statusLine: whole)
                guard head != nil else { throw .notHTTP(whole) }
                state = .fields
            case .bare(let former):
                state = .open
                bodyCount += former.count
                return .former(former)
            case .fields:
                if try skipField(bytes, &position) { continue }
                guard let line = try takeLine(bytes, &position) else { return nil }
                guard line.isEmpty else {
                    try take(line)
                    continue
                }
                try endField()
                guard let head, !head.isInterim else {
                    state = .statusLine
                    continue
                }
                state = bodyState(head)
                return .head(head)
            case .counted(0):
                state = .ended
                return .end
            case .counted(let remaining):
                guard let range = takeBody(bytes, &position, atMost: remaining) else { return nil }
                state = .counted(remaining - range.count)
                return .body(range)
            case .chunkSize:
                guard let line = try takeLine(bytes, &position) else { return nil }
                guard let size = HTTPResponseReader.chunkSize(line) else { throw .badChunk }
                state = size == 0 ? .trailer : .chunk(size)
            case .chunk(let remaining):
                guard let range = takeBody(bytes, &position, atMost: remaining) else { return nil }
                headRoom += range.count
                state = range.count == remaining ? .chunkEnd : .chunk(remaining - range.count)
                return .body(range)
            case .chunkEnd:
                guard let line = try takeLine(bytes, &position) else { return nil }
                guard line.isEmpty else { throw .badChunk }
                state = .chunkSize
            case .trailer:
                guard let line = try takeLine(bytes, &position) else { return nil }
                guard line.isEmpty else { continue }
                state = .ended
                return .end
            case .open:
                return takeBody(bytes, &position, atMost: .max).map { .body($0) }
            case .ended:
                position = bytes.byteCount
                return nil
            }
        }
    }

    /// How the response stands if nothing more comes.
    mutating func ended() -> Ending {
        switch state {
        case .statusLine where line.isEmpty && headRoom == HTTPResponseReader.headLimit: return .empty
        case .statusLine:
            head = HTTPResponseHead(statusLine: line)
            line = []
            return endedInHead()
        case .fields: return endedInHead()
        case .counted(0), .trailer, .open, .bare, .ended: return .complete
        case .counted, .chunkSize, .chunk, .chunkEnd: return .inBody(bodyCount, of: bodyLength)
        }
    }

    /// Whether a head that lacks its empty line says all the same what the answer is.
    private mutating func endedInHead() -> Ending {
        guard line.isEmpty, (try? endField()) != nil, let head, !head.isInterim else { return .inHead }
        switch bodyState(head) {
        case .counted(0), .open: return .afterHead(head)
        default: return .inHead
        }
    }

    private mutating func bodyState(_ head: HTTPResponseHead) -> State {
        let isUnlikely = head.status == 204 || head.status == 304
        guard !isHeadRequest, !isUnlikely || readsUnlikelyBodies else { return .counted(0) }
        guard !head.isChunked else { return .chunkSize }
        bodyLength = head.contentLength
        return head.contentLength.map { .counted($0) } ?? .open
    }

    private mutating func takeBody(_ bytes: RawSpan, _ position: inout Int, atMost limit: Int) -> Range<Int>? {
        let count = min(bytes.byteCount - position, limit)
        guard count > 0 else { return nil }
        defer { position += count }
        bodyCount += count
        return position..<position + count
    }

    /// Passes over a line of a field that does not matter, if the whole line is there.
    private mutating func skipField(_ bytes: RawSpan, _ position: inout Int) throws(HTTPFault) -> Bool {
        guard line.isEmpty, position < bytes.byteCount else { return false }
        let first = bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self)
        let goesOn = HTTPResponseHead.isBlank(first)
        guard first > 0x20 || goesOn, !HTTPResponseHead.canMatter(first), !goesOn || field == nil else { return false }
        let end = bytes.extracting(droppingFirst: position).withUnsafeBytes { $0.firstIndex(of: 0x0a) }
        guard let end else { return false }
        guard end < headRoom else { throw .headTooLong }
        try endField()
        headRoom -= end + 1
        position += end + 1
        return true
    }

    /// Takes a line of a head that is not its end: the beginning of a field, or more of the one before, which begins with a blank.
    private mutating func take(_ line: [UInt8]) throws(HTTPFault) {
        guard let first = line.first, HTTPResponseHead.isBlank(first) else {
            try endField()
            field = line.first.map(HTTPResponseHead.canMatter) == true ? line : nil
            return
        }
        field?.append(contentsOf: line)
    }

    private mutating func endField() throws(HTTPFault) {
        guard let whole = field else { return }
        field = nil
        guard head?.take(field: whole) == true else { throw .badLength }
    }

    /// The line without its end once that is there.
    private mutating func takeLine(_ bytes: RawSpan, _ position: inout Int) throws(HTTPFault) -> [UInt8]? {
        let rest = bytes.extracting(droppingFirst: position)
        let end = rest.withUnsafeBytes { $0.firstIndex(of: 0x0a) }
        let count = end.map { $0 + 1 } ?? rest.byteCount
        guard count <= headRoom else { throw isInChunks ? .chunksTooSmall : .headTooLong }
        headRoom -= count
        position += count
        rest.withUnsafeBytes { bytes in
            line.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<(end ?? count)]))
        }
        guard end != nil else { return nil }
        var whole: [UInt8] = []
        swap(&whole, &line)
        if whole.last == 0x0d { whole.removeLast() }
        return whole
    }

    private var isInChunks: Bool {
        switch state {
        case .chunkSize, .chunk, .chunkEnd, .trailer: true
        case .statusLine, .bare, .fields, .counted, .open, .ended: false
        }
    }

    private static func chunkSize(_ line: [UInt8]) -> Int? {
        let digits = line.prefix { $0 != UInt8(ascii: ";") }.trimmingBlanks()
        let significant = digits.drop { $0 == 0x30 }
        guard !digits.isEmpty, significant.count <= 15 else { return nil }
        var size = 0
        for digit in significant {
            guard digit < 0x80, let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            size = size << 4 | value
        }
        return size
    }
}
