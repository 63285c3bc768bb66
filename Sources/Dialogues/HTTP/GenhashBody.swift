import Digests

/// The digest that `genhash` gives for a response: the MD5 of the bytes behind the head, as they came.
///
/// It does not look at HTTP any further than the original, since its digests stand in configurations:
/// - The head ends with the first empty line of CR LF, within the first 4,095 bytes or not at all.
/// - When that line arrives, the first `Content-Length:` in those of the 4,095 bytes that are there, up to a zero byte, says
///   how much is hashed, be it a line of the head, a part of one, or text of the body. Its number may have blanks before it
///   but has CR, LF or the end of the bytes behind it; otherwise all is hashed.
/// - Chunks are not put together, and a body may be shorter than it was said to be.
package struct GenhashBody: Sendable {
    /// The bytes that are looked at for the end of the head.
    package static let headLimit = 4095

    /// The head with the empty line that ends it, as far as it is there.
    package private(set) var head: [UInt8] = []
    /// How many bytes were hashed.
    package private(set) var count = 0
    /// Whether all is hashed that the length asks for; never where there is none.
    package var isComplete: Bool { remaining == 0 }
    /// Whether the head has no end where it must have one.
    package var isHeadTooLong: Bool { !isInBody && head.count >= GenhashBody.headLimit }
    /// The 16 bytes of the digest so far; nil before the head is over.
    package var digest: [UInt8]? { isInBody ? hash.value : nil }

    /// The status line of the head as people read it, and the code in it; nil where there is none.
    package var status: (code: UInt16, line: String)? {
        guard isInBody, let head = HTTPResponseHead(statusLine: Array(head.prefix { $0 != 0x0d && $0 != 0x0a })) else {
            return nil
        }
        return (head.status, head.statusLine)
    }

    private var hash = MD5Digest()
    private var isInBody = false
    private var remaining: UInt64?

    /// Begins before the first byte of a response.
    package init() {}

    /// Takes the next bytes of the response.
    ///
    /// - Parameter hashed: Is given those of the body that count for the digest.
    package mutating func received(_ bytes: RawSpan, hashed: (RawSpan) -> Void = { _ in }) {
        guard !isInBody else { return update(bytes, hashed) }
        let before = head.count
        let room = GenhashBody.headLimit - before
        bytes.withUnsafeBytes { head.append(contentsOf: $0.prefix(room)) }
        guard let end = head.endOfHead(from: max(before - 3, 0)) else { return }
        isInBody = true
        remaining = GenhashBody.contentLength(in: head)
        head.removeLast(head.count - end)
        update(bytes.extracting(droppingFirst: end - before), hashed)
    }

    private mutating func update(_ bytes: RawSpan, _ hashed: (RawSpan) -> Void) {
        var taken = bytes
        if let remaining {
            taken = bytes.extracting(first: Int(min(remaining, UInt64(bytes.byteCount))))
            self.remaining = remaining - UInt64(taken.byteCount)
        }
        guard !taken.isEmpty else { return }
        hash.update(taken)
        count += taken.byteCount
        hashed(taken)
    }

    /// The number behind the first `Content-Length:`; nil where it does not limit anything.
    private static func contentLength(in text: [UInt8]) -> UInt64? {
        let name = Array("Content-Length:".utf8)
        let text = text.prefix { $0 != 0 }
        guard let place = text.indices.first(where: { text[$0...].starts(with: name) }) else { return nil }
        let value = text[(place + name.count)...]
        // As strtoul(3) reads: where there is no digit, nothing is read, and that is zero.
        var rest = value.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        let after = digits.isEmpty ? value.first : text[digits.endIndex...].first
        guard after == nil || after == 0x0d || after == 0x0a else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            let (product, isTooBig) = number.multipliedReportingOverflow(by: 10)
            let (sum, isOver) = product.addingReportingOverflow(UInt64(digit - 0x30))
            guard !isTooBig, !isOver else { return nil }
            number = sum
        }
        if isNegative { number = 0 &- number }
        return number == .max ? nil : number
    }
}

extension GenhashBody {
    /// Why a response is not the one with a digest, were it complete; nil where it is.
    ///
    /// - Parameter status: the status line of the response.
    func mismatch(with expected: [UInt8], status: String) -> (layer: CheckLayer, text: String)? {
        guard let digest else {
            return (.dialogue(.limit), "\(status), but genhash sees no body: the header is longer than it reads")
        }
        guard digest == expected else {
            return (.dialogue(.mismatch), "\(status), but the digest is \(Hexadecimal.encode(digest))")
        }
        return nil
    }

    /// Why a response has no digest whose body is longer than that many bytes.
    static func overlong(_ limit: Int) -> (layer: CheckLayer, text: String) {
        (.dialogue(.limit), "the body is longer than \(limit) bytes, so it has no digest")
    }
}

extension [UInt8] {
    /// Where the first empty line of CR LF ends that begins at a place or behind it; nil where there is none yet.
    func endOfHead(from start: Int) -> Int? {
        let mark: [UInt8] = [0x0d, 0x0a, 0x0d, 0x0a]
        guard count >= start + mark.count else { return nil }
        let place = (start...count - mark.count).first { self[$0...].starts(with: mark) }
        return place.map { $0 + mark.count }
    }
}
