import Glibc

/// An open connection of a client, or its UDP counterpart: a socket that keeps its port.
public final class Conversation {
    /// The port of the client.
    public let port: UInt16
    private let socket: Socket

    /// An answer that has nothing to do with the question.
    public struct Confusion: Error, Equatable {
        public let answer: String

        public init(answer: String) {
            self.answer = answer
        }
    }

    init(_ socket: Socket, port: UInt16) {
        self.port = port
        self.socket = socket
    }

    /// Asks something and returns the name of the server that answered.
    ///
    /// - Throws: `Namespace.Failure` when there is no answer, `Confusion` when it is wrong.
    @discardableResult
    public func ask(_ question: String = "who is there") throws -> String {
        try socket.send(Array("\(question)\n".utf8))
        var answer: [UInt8] = []
        while answer.last != UInt8(ascii: "\n") {
            let bytes = try socket.receive()
            guard !bytes.isEmpty else { throw Namespace.Failure(step: "receive", number: ECONNRESET) }
            answer += bytes
        }
        let words = String(decoding: answer.dropLast(), as: UTF8.self).split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[1] == question else {
            throw Confusion(answer: String(decoding: answer, as: UTF8.self))
        }
        return String(words[0])
    }
}
