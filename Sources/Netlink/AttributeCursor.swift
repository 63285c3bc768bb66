/// An attribute found in a message: its type without flag bits, and where its contents lie.
@usableFromInline
package struct Attribute {
    /// What the attribute is, as its family numbers it.
    @usableFromInline package let type: UInt16
    /// Where its contents lie in the datagram.
    @usableFromInline package let content: Range<Int>

    @inlinable
    init(type: UInt16, content: Range<Int>) {
        self.type = type
        self.content = content
    }

    /// The bits of an attribute's type that are its type: `NLA_TYPE_MASK`.
    @inlinable static var typeMask: UInt16 { 0x3fff }
    /// The bit that says that the contents are attributes: `NLA_F_NESTED`.
    @inlinable static var nested: UInt16 { 0x8000 }
}

/// Walks over the attributes in a part of a message.
///
/// It holds places only; the bytes are handed in, so that nothing is copied and every reply the kernel can send is a
/// byte array in a test. A listing has twenty attributes and more for each row, so that what is done for one of them
/// is inlined into the codec of its family.
@usableFromInline
package struct AttributeCursor {
    @usableFromInline var position: Int
    @usableFromInline let end: Int

    /// Begins at the front of a range of a datagram.
    @inlinable
    package init(_ range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next attribute; nil at the end.
    ///
    /// - Throws: `DecodingError.badLength` when one says it is longer than what is left, or shorter than itself.
    @inlinable
    package mutating func next(in bytes: RawSpan) throws(DecodingError) -> Attribute? {
        let left = end &- position
        guard left >= 4, end <= bytes.byteCount else { return nil }
        let length = Int(bytes.load(UInt16.self, at: position))
        guard length >= 4, length <= left else { throw .badLength }
        let type = bytes.load(UInt16.self, at: position &+ 2) & Attribute.typeMask
        let content = Range(uncheckedBounds: (position &+ 4, position &+ length))
        position = min(end, position &+ (length &+ 3) & ~3)
        return Attribute(type: type, content: content)
    }
}

extension RawSpan {
    /// The number in this machine's byte order, or the structure, that starts `offset` bytes in; the caller has checked
    /// that it is there.
    @inlinable
    package func load<Value: BitwiseCopyable>(_ type: Value.Type, at offset: Int) -> Value {
        assert(offset >= 0 && offset <= byteCount - MemoryLayout<Value>.size)
        return unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: type)
    }

    /// The number an attribute holds; longer contents are cut, as the kernel does.
    ///
    /// - Throws: `DecodingError.short` when the attribute is shorter than the number.
    @inlinable
    package func number<Value: FixedWidthInteger & BitwiseCopyable>(
        _ attribute: Attribute,
        _ type: Value.Type = Value.self
    ) throws(DecodingError) -> Value {
        guard attribute.content.count >= MemoryLayout<Value>.size else { throw .short(attribute: attribute.type) }
        return load(type, at: attribute.content.lowerBound)
    }

    /// The text an attribute holds, up to its NUL; bytes that are no UTF-8 are replaced.
    package func text(_ attribute: Attribute) -> String {
        String(unsafeUninitializedCapacity: attribute.content.count) { room in
            for (index, offset) in attribute.content.enumerated() {
                let character = load(UInt8.self, at: offset)
                if character == 0 { return index }
                room[index] = character
            }
            return room.count
        }
    }
}
