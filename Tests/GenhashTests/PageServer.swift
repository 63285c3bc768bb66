import Addresses
import TestKit

/// A web server on the loopback that gives the same bytes to everybody, and remembers what it was asked.
final class PageServer {
    /// The port that the kernel chose.
    let port: UInt16
    private let work: BackgroundWork<[String]>

    /// Answers so many requests.
    ///
    /// - Parameters:
    ///   - pieces: What is sent, each piece in a call of its own.
    ///   - staysOpen: Whether the connection is closed only after the client has done so.
    convenience init(_ pieces: [[UInt8]], requests: Int, staysOpen: Bool = false) throws {
        try self.init(requests: requests) { PageServer.serve($0, pieces, staysOpen) }
    }

    /// Answers so many requests in TLS with the name in the handshake and the request itself.
    convenience init(_ server: TLSServer, requests: Int) throws {
        try self.init(requests: requests) { guest in
            server.serve(guest.descriptor) { name, request in
                Array("HTTP/1.0 200 OK\r\n\r\nname \(name), request \(request)".utf8)
            }
        }
    }

    private init(requests: Int, _ serve: @escaping (Socket) -> String?) throws {
        let listener = try Socket(patience: 20)
        try listener.listen()
        port = try listener.endpoint().port
        work = try BackgroundWork {
            (0..<requests).compactMap { _ in (try? listener.accept()).flatMap(serve) }
        }
    }

    /// Waits until everybody has been answered; what was asked.
    func finish() throws -> [String] {
        try work.finish()
    }

    private static func serve(_ guest: Socket, _ pieces: [[UInt8]], _ staysOpen: Bool) -> String? {
        var request: [UInt8] = []
        while !request.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let bytes = try? guest.receive(), !bytes.isEmpty else { break }
            request += bytes
        }
        for piece in pieces { try? guest.send(piece) }
        if staysOpen {
            while let bytes = try? guest.receive(), !bytes.isEmpty {}
        }
        return String(decoding: request, as: UTF8.self)
    }
}
