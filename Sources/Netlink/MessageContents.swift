/// What follows the header of a message: the header of its family, if that has one, and attributes.
///
/// A listing has one for each row.
@usableFromInline
package struct MessageContents: Equatable {
    /// What the message is, as its protocol numbers it.
    @usableFromInline package let type: UInt16
    /// Where the contents lie in the datagram.
    @usableFromInline package let range: Range<Int>

    init(type: UInt16, range: Range<Int>) {
        self.type = type
        self.range = range
    }

    /// Where the attributes lie, behind a header of the family.
    ///
    /// - Parameter headerLength: The bytes of that header, a multiple of four.
    /// - Throws: `DecodingError.badLength` when the message ends within it.
    @inlinable
    package func attributes(behind headerLength: Int) throws(DecodingError) -> Range<Int> {
        guard range.count >= headerLength else { throw .badLength }
        return Range(uncheckedBounds: (range.lowerBound &+ headerLength, range.upperBound))
    }
}
