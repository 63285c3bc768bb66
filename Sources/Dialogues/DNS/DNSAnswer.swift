import Addresses

/// What a message answers to a query, RFC 1035.
struct DNSAnswer {
    /// Why a message is no answer.
    enum Fault: Error, Hashable {
        /// It answers something else, or nothing.
        case foreign
        /// It answers the query, but is damaged.
        case malformed
    }

    /// 0 for success, 3 for a name that does not exist.
    let responseCode: Int
    /// Whether there was no room for the whole answer.
    let isTruncated: Bool
    /// The dotted addresses or the names that the query asked for, in the order of the message.
    let texts: [[UInt8]]

    /// Reads a message.
    ///
    /// - Parameter numbers: Those that the query was sent under.
    init(_ message: [UInt8], to query: DNSQuery, numbered numbers: [UInt16]) throws(Fault) {
        var reader = ByteReader(message[...])
        guard
            let identifier = reader.number(UInt16.self), let flags = reader.number(UInt16.self),
            let questions = reader.number(UInt16.self), let answers = reader.number(UInt16.self),
            reader.bytes(4) != nil,
            numbers.contains(identifier), flags & DNSAnswer.responseFlag != 0, flags & DNSAnswer.operationMask == 0
        else { throw .foreign }
        responseCode = Int(flags & 0xf)
        isTruncated = flags & DNSAnswer.truncationFlag != 0
        var offset = DNSAnswer.headerCount
        if questions == 1 {
            guard let name = DNSName(in: message, at: &offset) else { throw .foreign }
            var fields = ByteReader(message[offset...])
            guard
                name == query.name, fields.number(UInt16.self) == query.kind.rawValue,
                fields.number(UInt16.self) == DNSQuery.internetClass
            else { throw .foreign }
            offset += 4
        } else {
            // A server that could not read the question does not repeat it.
            guard questions == 0, responseCode != 0 else { throw .foreign }
        }
        // The records beside a failure, or in a truncated answer, decide nothing.
        guard responseCode == 0, !isTruncated else {
            texts = []
            return
        }
        texts = try DNSAnswer.texts(of: answers, in: message, from: offset, to: query)
    }

    /// The data of the records of the name that was asked for, or of the one that it is an alias of.
    ///
    /// Each record is read once, and found by its name then.
    private static func texts(
        of count: UInt16,
        in message: [UInt8],
        from start: Int,
        to query: DNSQuery
    ) throws(Fault) -> [[UInt8]] {
        var offset = start
        var names = DNSNameTable(of: message)
        var wanted: [Int: [DNSRecord]] = [:]
        var aliases: [Int: DNSRecord] = [:]
        for _ in 0..<count {
            guard let record = DNSRecord(in: message, at: &offset, names: &names) else { throw .malformed }
            guard record.isInternet else { continue }
            if record.kind == query.kind.rawValue {
                wanted[record.name, default: []].append(record)
            } else if record.kind == DNSRecord.aliasKind {
                aliases[record.name] = record
            }
        }
        var name = names.number(of: query.name)
        for _ in 0...aliasesAtMost {
            if let records = wanted[name] {
                var texts: [[UInt8]] = []
                for record in records {
                    guard let text = text(of: record, in: message, query.kind, &names) else { throw .malformed }
                    texts.append(text)
                }
                return texts
            }
            guard let alias = aliases[name] else { return [] }
            guard let canonical = alias.target(&names) else { throw .malformed }
            name = names.number(of: canonical)
        }
        return []
    }

    private static func text(
        of record: DNSRecord,
        in message: [UInt8],
        _ kind: DNSQuery.Kind,
        _ names: inout DNSNameTable
    ) -> [UInt8]? {
        switch kind {
        case .address:
            var reader = ByteReader(message[record.data])
            guard record.data.count == 4, let value = reader.number(UInt32.self) else { return nil }
            return Array(IPv4Address(value: value).description.utf8)
        case .pointer: return record.target(&names)?.text
        }
    }

    /// The bytes of every message before its question.
    static let headerCount = 12
    private static let responseFlag: UInt16 = 0x8000
    private static let operationMask: UInt16 = 0x7800
    private static let truncationFlag: UInt16 = 0x0200
    /// The aliases that are followed within one answer.
    private static let aliasesAtMost = 16
}

/// One resource record.
struct DNSRecord {
    /// The number of its name.
    let name: Int
    let kind: UInt16
    let isInternet: Bool
    /// Where its data stands in the message.
    let data: Range<Int>

    /// Reads the record that begins at `offset`; nil where none does.
    init?(in message: [UInt8], at offset: inout Int, names: inout DNSNameTable) {
        guard let name = names.readNumber(at: &offset) else { return nil }
        var reader = ByteReader(message[offset...])
        guard
            let kind = reader.number(UInt16.self), let recordClass = reader.number(UInt16.self),
            reader.bytes(4) != nil, let count = reader.number(UInt16.self),
            let data = reader.bytes(Int(count))
        else { return nil }
        self.name = name
        self.kind = kind
        isInternet = recordClass == DNSQuery.internetClass
        self.data = data.indices
        offset = data.endIndex
    }

    /// The name that the data is.
    func target(_ names: inout DNSNameTable) -> DNSName? {
        var offset = data.lowerBound
        guard let name = names.readName(at: &offset), offset == data.upperBound else { return nil }
        return name
    }

    /// CNAME.
    static let aliasKind: UInt16 = 5
}
