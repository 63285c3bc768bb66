/// Why bytes are not a response of HTTP.
enum HTTPFault: Error, Hashable, Sendable {
    /// The first line is no status line; it, or its beginning.
    case notHTTP([UInt8])
    /// The head is longer than allowed.
    case headTooLong
    /// The lines between chunks are longer than the body.
    case chunksTooSmall
    /// `Content-Length` is no number that can be, or two that differ.
    case badLength
    /// A chunk does not begin with its size or does not end where it should.
    case badChunk
}

extension HTTPFault {
    /// The layer that a check fails in.
    var layer: CheckLayer {
        switch self {
        case .headTooLong, .chunksTooSmall: .dialogue(.limit)
        case .notHTTP, .badLength, .badChunk: .dialogue(.malformed)
        }
    }

    /// A line for people.
    var text: String {
        switch self {
        case .notHTTP(let line): "the answer is not HTTP: \(String(printable: line, atMost: 80))"
        case .headTooLong: "the header is longer than \(HTTPResponseReader.headLimit) bytes"
        case .chunksTooSmall: "the chunks of the body are smaller than what stands between them"
        case .badLength: "the answer contradicts itself about its length"
        case .badChunk: "the chunks of the body are malformed"
        }
    }
}
