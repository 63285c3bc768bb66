/// Reads one response of HTTP/1 as it arrives, in whatever pieces.
///
/// It keeps no more than the line that it is in the middle of. Lines may end in LF alone.
struct HTTPResponseReader: Sendable {
    /// What comes next in a response.
    enum Event: Hashable {
        /// The head is there; heads of preliminary answers are passed over.
        case head(HTTPResponseHead)
        /// Bytes of the body, the chunks taken off: where they stand in the piece.
        case body(Range<Int>)
        /// The response is complete.
        case end
    }

    /// How a response stands when the peer ends its sending.
    enum Ending: Hashable {
        case complete
        /// Nothing at all came.
        case empty
        case inHead
        /// So many bytes of the body came, of so many where that is known.
        case inBody(Int, of: Int?)
    }

    /// The bytes that heads, and the lines of chunks, may have together.
    static let headLimit = 64 << 10

    private enum State {
        case statusLine
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
    private var state = State.statusLine
    private var head: HTTPResponseHead?
    private var line: [UInt8] = []
    private var headRoom = HTTPResponseReader.headLimit
    private var bodyCount = 0
    private var bodyLength: Int?

    /// Begins before the first byte.
    ///
    /// - Parameters:
    ///   - isHeadRequest: Whether HEAD was asked, which no body answers.
    ///   - readsUnlikelyBodies: Whether a body is read after 204 and 304, that should have none.
    init(isHeadRequest: Bool, readsUnlikelyBodies: Bool) {
        self.isHeadRequest = isHeadRequest
        self.readsUnlikelyBodies = readsUnlikelyBodies
    }

    /// The next event of a piece; nil when the piece is used up.
    ///
    /// - Parameter position: Where reading goes on in the piece; 0 for a new one.
    /// - Throws: `HTTPFault`; nothing can be read afterwards.
    mutating func next(in bytes: RawSpan, at position: inout Int) throws(HTTPFault) -> Event? {
        while true {
            switch state {
            case .statusLine:
                guard let line = try takeLine(bytes, &position) else {
                    guard HTTPResponseHead.canBegin(with: line) else { throw .notHTTP(line) }
                    return nil
                }
                head = HTTPResponseHead(statusLine: line)
                guard head != nil else { throw .notHTTP(line) }
                state = .fields
            case .fields:
                if try skipField(bytes, &position) { continue }
                guard let line = try takeLine(bytes, &position) else { return nil }
                guard line.isEmpty else {
                    guard head?.take(field: line) == true else { throw .badLength }
                    continue
                }
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
                // The lines between chunks count only as far as they are longer than they need to be.
                headRoom = min(headRoom + 20, HTTPResponseReader.headLimit)
                state = size == 0 ? .trailer : .chunk(size)
            case .chunk(let remaining):
                guard let range = takeBody(bytes, &position, atMost: remaining) else { return nil }
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
    func ended() -> Ending {
        switch state {
        case .statusLine where line.isEmpty && headRoom == HTTPResponseReader.headLimit: .empty
        case .statusLine, .fields: .inHead
        case .counted(0), .trailer, .open, .ended: .complete
        case .counted, .chunkSize, .chunk, .chunkEnd: .inBody(bodyCount, of: bodyLength)
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

    /// Passes over a field that does not matter, if the whole line is there.
    private mutating func skipField(_ bytes: RawSpan, _ position: inout Int) throws(HTTPFault) -> Bool {
        guard line.isEmpty, position < bytes.byteCount else { return false }
        guard !HTTPResponseHead.canMatter(bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self)) else {
            return false
        }
        let end = bytes.extracting(droppingFirst: position).withUnsafeBytes { $0.firstIndex(of: 0x0a) }
        guard let end else { return false }
        guard end < headRoom else { throw .headTooLong }
        headRoom -= end + 1
        position += end + 1
        return true
    }

    /// The line without its end once that is there.
    private mutating func takeLine(_ bytes: RawSpan, _ position: inout Int) throws(HTTPFault) -> [UInt8]? {
        let rest = bytes.extracting(droppingFirst: position)
        let end = rest.withUnsafeBytes { $0.firstIndex(of: 0x0a) }
        let count = end.map { $0 + 1 } ?? rest.byteCount
        guard count <= headRoom else { throw .headTooLong }
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

    private static func chunkSize(_ line: [UInt8]) -> Int? {
        let digits = line.prefix { $0 != UInt8(ascii: ";") }.trimmingBlanks()
        guard (1...15).contains(digits.count) else { return nil }
        var size = 0
        for digit in digits {
            guard digit < 0x80, let value = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            size = size << 4 | value
        }
        return size
    }
}
