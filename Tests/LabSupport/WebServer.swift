public import Addresses
import Glibc
import IPVS

/// A web server that answers every request with 200 and one body, and can be closed and opened again.
public final class WebServer {
    private let listener: Socket
    private let work: BackgroundWork<Void>

    /// Opens shop at an endpoint, in the namespace of the calling thread.
    public init(at endpoint: Endpoint, body: String = "ready to serve\n") throws {
        let listener = try Socket(.tcp, endpoint.address.family)
        try listener.bind(to: endpoint)
        try listener.listen()
        self.listener = listener
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: \(body.utf8.count)\r\n"
        let answer = Array("\(head)Connection: close\r\n\r\n\(body)".utf8)
        work = try BackgroundWork { Self.serve(listener, answer) }
    }

    deinit {
        listener.shutDown()
        try? work.finish()
    }

    private static func serve(_ listener: Socket, _ answer: [UInt8]) {
        while true {
            var state = pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&state, 1, -1) > 0 else { continue }
            if Int32(state.revents) & POLLHUP != 0 { return }
            guard let guest = try? listener.accept() else { continue }
            if hasAsked(guest) { try? guest.send(answer) }
        }
    }

    /// Whether the guest has sent the head of a request.
    private static func hasAsked(_ guest: Socket) -> Bool {
        var request: [UInt8] = []
        while !request.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let bytes = try? guest.receive(), !bytes.isEmpty, request.count < 1 << 16 else { return false }
            request += bytes
        }
        return true
    }
}
