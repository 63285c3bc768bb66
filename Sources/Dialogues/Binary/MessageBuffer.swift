/// The bytes of a stream that are not yet read as messages.
///
/// Who reads refuses messages that announce more than a bound; what is held is then never more than that bound and what
/// came last.
struct MessageBuffer {
    private var bytes: [UInt8] = []
    private var start = 0

    /// What is not read yet.
    var pending: ArraySlice<UInt8> { bytes[start...] }

    mutating func append(_ span: RawSpan) {
        if start > 0 {
            bytes.removeFirst(start)
            start = 0
        }
        span.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    /// Takes bytes as read; at most as many as there are.
    mutating func drop(_ count: Int) {
        start += Swift.min(Swift.max(count, 0), bytes.count - start)
    }

    mutating func removeAll() {
        bytes = []
        start = 0
    }
}
