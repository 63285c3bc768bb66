/// What a PostgreSQL server says when it refuses.
struct PostgreSQLError: Hashable {
    /// The five characters of the state of SQL.
    let state: [UInt8]
    let severity: [UInt8]
    let message: [UInt8]

    /// Reads the fields of a message; those that are missing stay empty.
    init(_ contents: ArraySlice<UInt8>) {
        var reader = ByteReader(contents)
        var fields: [UInt8: [UInt8]] = [:]
        while let kind = reader.byte(), kind != 0, let value = reader.terminated() {
            fields[kind] = Array(value)
        }
        state = fields[UInt8(ascii: "C")] ?? []
        severity = fields[UInt8(ascii: "S")] ?? []
        message = fields[UInt8(ascii: "M")] ?? []
    }

    /// Whether it is the login that is refused: class 28 of the states.
    var isDenial: Bool { state.starts(with: "28".utf8) }

    /// The end of a dialogue.
    func fault(_ doing: String) -> AnswerFault {
        let text = [severity, message].filter { !$0.isEmpty }.map { String(printable: $0) }.joined(separator: ": ")
        let shownState = state.isEmpty ? "" : " (\(String(printable: state, atMost: 5)))"
        return AnswerFault(.dialogue(isDenial ? .authentication : .refused), "\(doing): \(text)\(shownState)")
    }
}
