import CLinux
import Glibc
import TestKit
import Testing

/// A web server on the loopback that gives the same bytes to everybody, and remembers what it was asked.
final class PageServer {
    /// The port that the kernel chose.
    let port: UInt16
    private let listener: Int32
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
    convenience init(_ acceptor: TLSAcceptor, requests: Int) throws {
        try self.init(requests: requests) { guest in
            acceptor.serve(guest) { name, request in
                Array("HTTP/1.0 200 OK\r\n\r\nname \(name), request \(request)".utf8)
            }
        }
    }

    private init(requests: Int, _ serve: @escaping (Int32) -> String?) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try #require(listener >= 0)
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isReady = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        try #require(isReady)
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        work = try BackgroundWork {
            (0..<requests).compactMap { _ in PageServer.welcome(listener, serve) }
        }
    }

    /// Waits until everybody has been answered; what was asked.
    func finish() throws -> [String] {
        defer { close(listener) }
        return try work.finish()
    }

    private static func welcome(_ listener: Int32, _ serve: (Int32) -> String?) -> String? {
        let guest = accept(listener, nil, nil)
        guard guest >= 0 else { return nil }
        defer { close(guest) }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(guest, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(guest, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        return serve(guest)
    }

    private static func serve(_ guest: Int32, _ pieces: [[UInt8]], _ staysOpen: Bool) -> String? {
        var request: [UInt8] = []
        while !request.suffix(4).elementsEqual([13, 10, 13, 10]) {
            guard let bytes = receive(guest), !bytes.isEmpty else { break }
            request += bytes
        }
        for piece in pieces {
            var rest = piece[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { send(guest, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard count > 0 else { break }
                rest = rest.dropFirst(count)
            }
        }
        if staysOpen {
            while let bytes = receive(guest), !bytes.isEmpty {}
        }
        return String(decoding: request, as: UTF8.self)
    }

    private static func receive(_ guest: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(guest, &buffer, buffer.count, 0)
        return count < 0 ? nil : Array(buffer.prefix(count))
    }
}
