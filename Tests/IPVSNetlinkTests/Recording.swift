import TestKit
import Testing

@testable import IPVSNetlink

/// What a real kernel answered: a file of `Fixtures/netlink`.
struct Recording {
    /// The number that the family had.
    let family: UInt16
    let datagrams: [[UInt8]]

    static let names = [
        "information", "services", "service", "service-missing", "destinations", "daemons", "timeouts",
    ]

    init(_ name: String) throws {
        let text = try SourceTree.text(of: "Fixtures/netlink/\(name).hex")
        let lines = text.split(separator: "\n")
        let note = try #require(lines.first)
        family = try #require(UInt16(note.drop { !$0.isNumber }.prefix { $0.isNumber }))
        datagrams = try lines.dropFirst().map { line in
            let digits = Array(line)
            return try stride(from: 0, to: digits.count - 1, by: 2).map {
                try #require(UInt8(String(digits[$0...$0 + 1]), radix: 16))
            }
        }
    }
}
