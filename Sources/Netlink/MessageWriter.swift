import CNetlink

/// Puts netlink messages one after the other into one buffer.
///
/// Lengths are filled in when a message or nest ends; all contents are bounded by their callers, so that no message comes
/// near the 64 KiB that an attribute's length can say. What is done for one attribute is inlined into the codec of its
/// family, and so made for the width of the number that it writes.
@usableFromInline
package struct MessageWriter {
    @usableFromInline var buffer: [UInt8] = []

    /// Begins with an empty buffer.
    package init() {}

    /// The messages so far.
    package var bytes: [UInt8] { buffer }

    /// How many bytes the finished messages take.
    package var count: Int { buffer.count }

    /// Starts over with an empty buffer.
    package mutating func removeAll() {
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes a request with what `body` writes: the header of its family, if it has one, and attributes.
    ///
    /// - Parameters:
    ///   - type: What the message is, as its protocol numbers it.
    ///   - flags: What is asked beside the contents.
    ///   - sequence: The number that the answers will have.
    package mutating func message(
        type: UInt16,
        flags: MessageFlags,
        sequence: UInt32,
        body: (inout MessageWriter) -> Void = { _ in }
    ) {
        let start = buffer.count
        append(
            nlmsghdr(
                nlmsg_len: 0,
                nlmsg_type: type,
                nlmsg_flags: flags.rawValue | UInt16(NLM_F_REQUEST),
                nlmsg_seq: sequence,
                nlmsg_pid: 0
            )
        )
        body(&self)
        fill(UInt32(truncatingIfNeeded: buffer.count - start), at: start)
    }

    /// Sets further flags of the message that begins at `start`.
    mutating func addFlags(_ flags: MessageFlags, toMessageAt start: Int) {
        let place = start + 6
        guard place + 2 <= buffer.count else { return }
        let present = buffer.span.bytes.load(UInt16.self, at: place)
        fill(present | flags.rawValue, at: place)
    }

    /// Writes an attribute that holds what `body` writes.
    @inlinable
    package mutating func nest(_ type: UInt16, body: (inout MessageWriter) -> Void) {
        let start = buffer.count
        header(of: type | Attribute.nested, length: 0)
        body(&self)
        fill(UInt16(truncatingIfNeeded: buffer.count - start), at: start)
    }

    /// Writes an attribute that holds a number in this machine's byte order.
    @inlinable
    package mutating func attribute(_ type: UInt16, _ value: some FixedWidthInteger & BitwiseCopyable) {
        header(of: type, length: UInt16(truncatingIfNeeded: 4 + value.bitWidth / 8))
        append(value)
        pad()
    }

    /// Writes an attribute that holds a text and the NUL behind it; a NUL within the text ends it.
    ///
    /// Names are of 16 bytes at most where the kernel has any, so that it still refuses what is cut at 255 here.
    package mutating func attribute(_ type: UInt16, _ text: String) {
        let content = text.utf8.prefix(255).prefix { $0 != 0 }
        header(of: type, length: UInt16(truncatingIfNeeded: 5 + content.count))
        buffer.append(contentsOf: content)
        buffer.append(0)
        pad()
    }

    /// Writes an attribute that holds bytes as they are.
    package mutating func attribute(_ type: UInt16, bytes: some Collection<UInt8>) {
        header(of: type, length: UInt16(truncatingIfNeeded: 4 + bytes.count))
        buffer.append(contentsOf: bytes)
        pad()
    }

    /// Writes the length and the type of an attribute, whose contents follow: `struct nlattr`.
    ///
    /// - Parameter length: The bytes of the attribute, these four included.
    @inlinable
    package mutating func header(of type: UInt16, length: UInt16) {
        append(AttributeHeader(length: length, type: type))
    }

    /// Writes a number or a structure as this machine keeps it.
    @inlinable
    package mutating func append(_ value: some BitwiseCopyable) {
        Swift.withUnsafeBytes(of: value) { buffer.append(contentsOf: $0) }
    }

    @inlinable
    mutating func pad() {
        while buffer.count % 4 != 0 { buffer.append(0) }
    }

    @inlinable
    mutating func fill(_ value: some FixedWidthInteger, at offset: Int) {
        Swift.withUnsafeBytes(of: value) { source in
            for (index, byte) in source.enumerated() { buffer[offset + index] = byte }
        }
    }
}

/// `struct nlattr`, which code that is inlined elsewhere cannot name.
@usableFromInline
struct AttributeHeader: BitwiseCopyable {
    @usableFromInline let length: UInt16
    @usableFromInline let type: UInt16

    @inlinable
    init(length: UInt16, type: UInt16) {
        self.length = length
        self.type = type
    }
}
