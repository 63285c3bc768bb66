import Testing

@testable import Netlink

/// Messages and attributes as they are written and read, without a kernel.
struct MessageTests {
    private func messages(_ bytes: [UInt8]) throws -> [Message] {
        let span = bytes.span.bytes
        var cursor = MessageCursor()
        var found: [Message] = []
        while let message = try cursor.next(in: span) { found.append(message) }
        return found
    }

    @Test func whatIsWrittenReadsAsTheSame() throws {
        var writer = MessageWriter()
        writer.message(type: 20, flags: .dump, sequence: 7) { $0.append(UInt32(9)) }
        writer.message(type: 21, flags: .none, sequence: 8) { writer in
            writer.append(UInt32(0))
            writer.nest(5) { nest in
                nest.attribute(1, UInt8(200))
                nest.attribute(2, "eth0")
                nest.attribute(3, UInt64.max - 1)
            }
        }
        let bytes = writer.bytes
        let found = try messages(bytes)
        #expect(found.map(\.kind) == [.contents, .contents])
        #expect(found.map(\.contents.type) == [20, 21])
        #expect(found.map(\.sequence) == [7, 8])
        let span = bytes.span.bytes
        var outer = AttributeCursor(try found[1].contents.attributes(behind: 4))
        let nest = try #require(try outer.next(in: span))
        #expect(nest.type == 5)
        #expect(try outer.next(in: span) == nil)
        var inner = AttributeCursor(nest.content)
        let byte = try #require(try inner.next(in: span))
        #expect(try span.number(byte, UInt8.self) == 200)
        #expect(throws: DecodingError.short(attribute: 1)) { try span.number(byte, UInt16.self) }
        let text = try #require(try inner.next(in: span))
        #expect(span.text(text) == "eth0")
        let number = try #require(try inner.next(in: span))
        #expect(try span.number(number, UInt64.self) == .max - 1)
        #expect(try inner.next(in: span) == nil)
        #expect(throws: DecodingError.badLength) { try found[0].contents.attributes(behind: 12) }
    }

    @Test(arguments: [
        (2 as UInt16, 0 as Int32, Message.Kind.result(nil)), (2, -1, .result(.notPermitted)),
        (2, .min, .result(NetlinkError(rawValue: .max))), (3, 0, .done(nil)), (3, -12, .done(.outOfMemory)),
        (1, 0, .other), (4, 0, .other), (16, 0, .contents),
    ])
    func theKindOfAMessageIsToldByItsType(type: UInt16, number: Int32, kind: Message.Kind) throws {
        var writer = MessageWriter()
        writer.message(type: type, flags: .none, sequence: 0) { $0.append(number) }
        #expect(try messages(writer.bytes).map(\.kind) == [kind])
    }

    @Test func numbersOfABatchGoOnBehindTheLargest() throws {
        var batch = RequestBatch()
        for index in 0..<3 {
            batch.append(at: index, sequence: .max &+ UInt32(index)) { writer in
                writer.message(type: 20, flags: .none, sequence: .max &+ UInt32(index))
            }
        }
        #expect([UInt32.max, 0, 1, 2, .max - 1].map(batch.index(ofSequence:)) == [0, 1, 2, nil, nil])
        let bytes = batch.sealed()
        let flags = [0, 16, 32].map { bytes.span.bytes.load(UInt16.self, at: $0 + 6) }
        #expect(flags == [1, 1, 5])
        #expect(!batch.isFull)
    }

    @Test func anErrorPrintsItself() {
        #expect("\(NetlinkError.notPermitted)" == "Operation not permitted")
        #expect("\(NetlinkError.noBufferSpace)" == "No buffer space available")
    }
}
