public import Addresses
import CLinux
import Glibc
import IPVS

/// A web server that answers every request with 200 and one body, and can be closed and opened again.
public final class WebServer {
    private let listener: Socket
    private let work: BackgroundWork<Void>

    /// Opens shop at an endpoint, in the namespace of the calling thread.
    public convenience init(at endpoint: Endpoint, body: String = "ready to serve\n") throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: \(body.utf8.count)\r\n"
        try self.init(at: endpoint, answer: Array("\(head)Connection: close\r\n\r\n\(body)".utf8))
    }

    /// Opens a shop that answers every request with those bytes.
    public init(at endpoint: Endpoint, answer: [UInt8]) throws {
        let listener = try Socket(.tcp, endpoint.address.family)
        try listener.bind(to: endpoint)
        try listener.listen()
        self.listener = listener
        work = try BackgroundWork { Self.serve(listener, answer) }
    }

    deinit {
        listener.shutDown()
        try? work.finish()
    }

    /// Serves until the listener is shut down; guests who have not asked yet keep nobody waiting.
    private static func serve(_ listener: Socket, _ answer: [UInt8]) {
        var guests: [Int32: (socket: Socket, request: [UInt8])] = [:]
        while true {
            let descriptors = [listener.descriptor] + guests.keys
            var states = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            guard poll(&states, nfds_t(states.count), -1) > 0 else { continue }
            for state in states where state.revents != 0 {
                if state.fd == listener.descriptor {
                    if Int32(state.revents) & POLLHUP != 0 { return }
                    if let guest = try? listener.accept() { guests[guest.descriptor] = (guest, []) }
                } else if let guest = guests.removeValue(forKey: state.fd) {
                    guard let bytes = try? guest.socket.receive(), !bytes.isEmpty else { continue }
                    let request = guest.request + bytes
                    if request.suffix(4).elementsEqual("\r\n\r\n".utf8) {
                        try? guest.socket.send(answer)
                    } else if request.count < 1 << 16 {
                        guests[state.fd] = (guest.socket, request)
                    }
                }
            }
        }
    }
}
