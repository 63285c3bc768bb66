/// One element of ASN.1 in the Basic Encoding Rules, as LDAP has them: a tag of one byte, a definite length.
struct BERElement {
    let tag: UInt8
    let contents: ArraySlice<UInt8>

    static let integerTag: UInt8 = 0x02
    static let stringTag: UInt8 = 0x04
    static let enumerationTag: UInt8 = 0x0a
    static let sequenceTag: UInt8 = 0x30

    /// A signed number of at most four bytes; nil for anything else.
    var integer: Int? {
        guard let first = contents.first, contents.count <= 4 else { return nil }
        return contents.dropFirst().reduce(Int(Int8(bitPattern: first))) { $0 << 8 | Int($1) }
    }

    /// The bytes of an element.
    static func encode(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        var bytes = [tag]
        if contents.count < 0x80 {
            bytes.append(UInt8(contents.count))
        } else {
            let digits = (UInt64(contents.count).bitWidth - contents.count.leadingZeroBitCount + 7) / 8
            bytes.append(0x80 | UInt8(digits))
            for index in (0..<digits).reversed() {
                bytes.append(UInt8(truncatingIfNeeded: contents.count >> (8 * index)))
            }
        }
        return bytes + contents
    }
}

/// What the beginning of some bytes tells of the element there.
enum BERHeader: Hashable {
    /// More bytes are needed to tell.
    case incomplete
    /// No element of this kind begins so.
    case malformed
    case header(tag: UInt8, headerCount: Int, contentCount: Int)

    init(_ bytes: ArraySlice<UInt8>) {
        var reader = ByteReader(bytes)
        guard let tag = reader.byte() else {
            self = .incomplete
            return
        }
        guard tag & 0x1f != 0x1f else {
            self = .malformed
            return
        }
        guard let first = reader.byte() else {
            self = .incomplete
            return
        }
        guard first >= 0x80 else {
            self = .header(tag: tag, headerCount: 2, contentCount: Int(first))
            return
        }
        let digits = Int(first & 0x7f)
        guard (1...4).contains(digits) else {
            self = .malformed
            return
        }
        guard let length = reader.bytes(digits) else {
            self = .incomplete
            return
        }
        self = .header(
            tag: tag,
            headerCount: 2 + digits,
            contentCount: length.reduce(0) { $0 << 8 | Int($1) }
        )
    }
}

extension ByteReader {
    /// The element that begins here; nil where none does, or it is not there as a whole.
    mutating func element() -> BERElement? {
        guard
            case .header(let tag, let headerCount, let contentCount) = BERHeader(rest),
            bytes(headerCount) != nil,
            let contents = bytes(contentCount)
        else { return nil }
        return BERElement(tag: tag, contents: contents)
    }

    /// The contents of the element that begins here, where it has that tag.
    mutating func contents(_ tag: UInt8) -> ArraySlice<UInt8>? {
        guard let element = element(), element.tag == tag else { return nil }
        return element.contents
    }
}
