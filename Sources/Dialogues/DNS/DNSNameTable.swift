/// The names of a message, each read once and known by a number then.
///
/// With pointers a message of 64 KiB can have thousands of names of 255 bytes, each of them somewhere else: only so many
/// bytes of names are read, far more than those of any answer to one question.
struct DNSNameTable {
    /// The bytes of names that are read in one message.
    static let limit = 128 << 10

    private let message: [UInt8]
    private var room = DNSNameTable.limit
    private var numbers: [DNSName: Int] = [:]
    private var numberAt: [Int: Int] = [:]

    /// Begins with no names.
    init(of message: [UInt8]) {
        self.message = message
    }

    /// The number of a name.
    mutating func number(of name: DNSName) -> Int {
        if let known = numbers[name] { return known }
        let next = numbers.count
        numbers[name] = next
        return next
    }

    /// The number of the name that begins at `offset`; nil where none does, or too much was read.
    ///
    /// - Parameter offset: Where the name begins; afterwards what follows it.
    mutating func readNumber(at offset: inout Int) -> Int? {
        var pointer: Int?
        if offset + 1 < message.count, message[offset] >= 0xc0 {
            let place = Int(message[offset] & 0x3f) << 8 | Int(message[offset + 1])
            if let known = numberAt[place], place < offset {
                offset += 2
                return known
            }
            pointer = place
        }
        guard let name = readName(at: &offset) else { return nil }
        let found = number(of: name)
        if let pointer { numberAt[pointer] = found }
        return found
    }

    /// The name that begins at `offset`; nil where none does, or too much was read.
    mutating func readName(at offset: inout Int) -> DNSName? {
        guard room > 0, let name = DNSName(in: message, at: &offset) else { return nil }
        room -= name.encoded.count
        return name
    }
}
