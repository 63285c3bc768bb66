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
    init(_ message: [UInt8], to query: DNSQuery) throws(Fault) {
        var reader = ByteReader(message[...])
        guard
            let identifier = reader.number(UInt16.self), let flags = reader.number(UInt16.self),
            let questions = reader.number(UInt16.self), let answers = reader.number(UInt16.self),
            reader.bytes(4) != nil,
            identifier == query.identifier, flags & DNSAnswer.responseFlag != 0, flags & DNSAnswer.operationMask == 0
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
        // What a failure or a part of an answer bears besides decides nothing.
        guard responseCode == 0, !isTruncated else {
            texts = []
            return
        }
        var records: [DNSRecord] = []
        for _ in 0..<answers {
            guard let record = DNSRecord(in: message, at: &offset) else { throw .malformed }
            records.append(record)
        }
        texts = try DNSAnswer.texts(in: records, of: message, to: query)
    }

    /// The data of the records of the name that was asked for, or of the one that it is an alias of.
    private static func texts(
        in records: [DNSRecord],
        of message: [UInt8],
        to query: DNSQuery
    ) throws(Fault) -> [[UInt8]] {
        var name = query.name
        for _ in 0...aliasesAtMost {
            var texts: [[UInt8]] = []
            var alias: DNSName?
            for record in records where record.isInternet && record.name == name {
                if record.kind == query.kind.rawValue {
                    guard let text = text(of: record, in: message, kind: query.kind) else { throw .malformed }
                    texts.append(text)
                } else if record.kind == DNSRecord.aliasKind {
                    guard let canonical = record.target(in: message) else { throw .malformed }
                    alias = canonical
                }
            }
            guard texts.isEmpty, let alias else { return texts }
            name = alias
        }
        return []
    }

    private static func text(of record: DNSRecord, in message: [UInt8], kind: DNSQuery.Kind) -> [UInt8]? {
        switch kind {
        case .address:
            var reader = ByteReader(message[record.data])
            guard record.data.count == 4, let value = reader.number(UInt32.self) else { return nil }
            return Array(IPv4Address(value: value).description.utf8)
        case .pointer: return record.target(in: message)?.text
        }
    }

    private static let headerCount = 12
    private static let responseFlag: UInt16 = 0x8000
    private static let operationMask: UInt16 = 0x7800
    private static let truncationFlag: UInt16 = 0x0200
    /// The aliases that are followed within one answer.
    private static let aliasesAtMost = 16
}

/// One resource record.
struct DNSRecord {
    let name: DNSName
    let kind: UInt16
    let isInternet: Bool
    /// Where its data stands in the message.
    let data: Range<Int>

    /// Reads the record that begins at `offset`; nil where none does.
    init?(in message: [UInt8], at offset: inout Int) {
        guard let name = DNSName(in: message, at: &offset) else { return nil }
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
    func target(in message: [UInt8]) -> DNSName? {
        var offset = data.lowerBound
        guard let name = DNSName(in: message, at: &offset), offset == data.upperBound else { return nil }
        return name
    }

    /// CNAME.
    static let aliasKind: UInt16 = 5
}
