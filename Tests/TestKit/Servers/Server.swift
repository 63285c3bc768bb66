public import Addresses
import CLinux
import Glibc
import IPVS

/// A real server: it answers every line and every datagram with its own name and what it was asked.
///
/// It is sendable because `deinit` alone uses what it holds.
public final class Server: @unchecked Sendable {
    private let listeners: [Socket]
    private let work: BackgroundWork<Void>

    /// Opens shop in the namespace of that name, over TCP and UDP, at one port of some addresses.
    public init(_ name: String, at addresses: [IPAddress], port: UInt16) throws {
        var desk = try Namespace.named(name) {
            let endpoints = addresses.map { Endpoint(address: $0, port: port) }
            let listeners = try endpoints.map { endpoint in
                let socket = try Socket(.tcp, endpoint.address.family)
                try socket.bind(to: endpoint)
                try socket.listen()
                return socket
            }
            let letterboxes = try endpoints.map { endpoint in
                let socket = try Socket(.udp, endpoint.address.family)
                try socket.bind(to: endpoint)
                return socket
            }
            return Desk(name: name, listeners: listeners, letterboxes: letterboxes)
        }
        listeners = desk.listeners
        work = try BackgroundWork { desk.serve() }
    }

    /// Closes, with all open connections.
    deinit {
        for listener in listeners { listener.shutDown() }
        try? work.finish()
    }

    /// A client that has connected, and the part of a line that came from it so far.
    private struct Guest {
        let socket: Socket
        var line: [UInt8] = []
    }

    /// Where the answers are given.
    private struct Desk {
        let name: String
        let listeners: [Socket]
        let letterboxes: [Socket]
        var guests: [Int32: Guest] = [:]

        init(name: String, listeners: [Socket], letterboxes: [Socket]) {
            self.name = name
            self.listeners = listeners
            self.letterboxes = letterboxes
        }

        /// Serves until the listeners are shut down.
        mutating func serve() {
            while true {
                let sockets = listeners + letterboxes + guests.values.map(\.socket)
                var states = sockets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
                guard poll(&states, nfds_t(states.count), -1) > 0 else { continue }
                for (index, state) in states.enumerated() where state.revents != 0 {
                    if index < listeners.count {
                        if Int32(state.revents) & POLLHUP != 0 { return }
                        welcome(at: sockets[index])
                    } else if index < listeners.count + letterboxes.count {
                        answerLetter(in: sockets[index])
                    } else {
                        hear(state.fd)
                    }
                }
            }
        }

        private mutating func welcome(at listener: Socket) {
            guard let socket = try? listener.accept() else { return }
            guests[socket.descriptor] = Guest(socket: socket)
        }

        private func answerLetter(in letterbox: Socket) {
            guard case (let request, let sender?)? = try? letterbox.receiveWithSender() else { return }
            try? letterbox.send(Array("\(name) ".utf8) + request, to: sender)
        }

        /// Reads what a guest says and answers each full line; a guest who leaves is forgotten.
        private mutating func hear(_ descriptor: Int32) {
            guard var guest = guests.removeValue(forKey: descriptor), let bytes = try? guest.socket.receive(),
                !bytes.isEmpty
            else { return }
            guest.line += bytes
            while let end = guest.line.firstIndex(of: UInt8(ascii: "\n")) {
                let line = guest.line[...end]
                guard (try? guest.socket.send(Array("\(name) ".utf8) + line)) != nil else { return }
                guest.line.removeSubrange(...end)
            }
            guests[descriptor] = guest
        }
    }
}
