/// What a MySQL server says when it refuses.
struct MySQLError: Hashable {
    /// The server's number.
    let code: Int
    let message: [UInt8]

    /// Reads a packet; nil where it is no refusal.
    init?(_ packet: ArraySlice<UInt8>) {
        var reader = ByteReader(packet)
        guard reader.byte() == 0xff, let code = reader.littleEndian(2) else { return nil }
        self.code = Int(code)
        // The state of SQL, which a server that has not yet heard of its client leaves out.
        if reader.rest.first == UInt8(ascii: "#") { _ = reader.bytes(6) }
        message = Array(reader.rest)
    }

    /// Whether it is the login that is refused: access denied, an expired password, a locked account.
    var isDenial: Bool { [1044, 1045, 1251, 1275, 1524, 1698, 1820, 1862, 3118, 3159, 3955, 4151].contains(code) }

    /// The end of a dialogue.
    func fault(_ doing: String) -> AnswerFault {
        AnswerFault(
            .dialogue(isDenial ? .authentication : .status(code)),
            "\(doing): error \(code): \(String(printable: message))"
        )
    }
}
