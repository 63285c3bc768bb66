import Addresses
import CLinux
import Glibc
import TestKit
import Testing
import Time

@testable import CheckIO
@testable import System

/// A server on the loop of the test; each connection is given to a body that says how it behaves.
final class LoopServer {
    let endpoint: Endpoint
    private let loop: EventLoop
    private let listener: Socket
    private var watch: Watch?
    private(set) var connections: [ServerConnection] = []

    /// Listens on a port that the kernel chooses.
    init(_ loop: EventLoop, address: String = "127.0.0.1", _ behaviour: @escaping (ServerConnection) -> Void) throws {
        self.loop = loop
        listener = try Socket(boundTo: address)
        endpoint = try listener.endpoint()
        try listener.listen()
        watch = try loop.watch(listener.descriptor, for: .readable) { [unowned self] _ in accept(behaviour) }
    }

    deinit {
        if let watch { loop.end(watch) }
        for connection in connections { connection.close() }
    }

    private func accept(_ behaviour: (ServerConnection) -> Void) {
        let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let accepted = accept4(listener.descriptor, nil, nil, flags)
        guard accepted >= 0 else { return }
        let connection = ServerConnection(loop, accepted)
        connections.append(connection)
        behaviour(connection)
    }
}

/// One connection of a server of the test.
final class ServerConnection {
    /// Told what the client sends; nothing is the end of it.
    var onReceive: ([UInt8]) -> Void = { _ in }
    /// What is sent whenever the client takes something.
    var flood: [UInt8] = []
    private(set) var received: [UInt8] = []
    let loop: EventLoop
    let descriptor: Int32
    private var watch: Watch?
    private var isClosed = false

    init(_ loop: EventLoop, _ descriptor: Int32) {
        self.loop = loop
        self.descriptor = descriptor
        watch = try? loop.watch(descriptor, for: [.readable, .edges]) { [unowned self] in ready($0) }
    }

    private func ready(_ readiness: Readiness) {
        if !flood.isEmpty { send(flood) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isClosed {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { return }
            received += buffer.prefix(count)
            onReceive(Array(buffer.prefix(count)))
            if count == 0 { return }
        }
    }

    /// Sends as much as the connection takes.
    func send(_ bytes: [UInt8]) {
        guard !isClosed else { return }
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    func send(_ text: String) {
        send(Array(text.utf8))
    }

    /// Sends without end, as fast as the client takes it.
    func sendForever(_ bytes: [UInt8]) {
        flood = bytes
        if let watch { try? loop.change(watch, to: [.readable, .writable]) }
    }

    /// Sends one byte after the other, again and again.
    func trickle(_ bytes: [UInt8], every pause: Duration, from index: Int = 0) {
        guard !isClosed else { return }
        send([bytes[index % bytes.count]])
        loop.at(loop.now + pause) { [weak self] in self?.trickle(bytes, every: pause, from: index + 1) }
    }

    /// Leaves what comes to the kernel.
    func stopReceiving() {
        if let watch { loop.end(watch) }
        watch = nil
    }

    /// Ends sending; receiving goes on.
    func endSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        // What is called holds this connection, more often than not.
        onReceive = { _ in }
        if let watch { loop.end(watch) }
        Glibc.close(descriptor)
    }

    /// Closes so that the client sees a reset.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }
}
