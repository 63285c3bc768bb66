import Addresses
import TestKit
import Testing

@testable import CheckIO
@testable import System

/// A server of datagrams on the loop of the test.
final class DatagramServer {
    let endpoint: Endpoint
    /// What came, in order.
    private(set) var received: [[UInt8]] = []
    private let loop: EventLoop
    private let socket: Socket
    private var watch: Watch?

    /// Waits on a port that the kernel chooses.
    ///
    /// - Parameter answers: what is sent back for each datagram, in order.
    init(_ loop: EventLoop, _ answers: @escaping ([UInt8]) -> [[UInt8]]) throws {
        self.loop = loop
        socket = try Socket(boundTo: "127.0.0.1", isDatagram: true)
        endpoint = try socket.endpoint()
        watch = try loop.watch(socket.descriptor, for: .readable) { [unowned self] _ in receive(answers) }
    }

    deinit {
        if let watch { loop.end(watch) }
    }

    private func receive(_ answers: ([UInt8]) -> [[UInt8]]) {
        guard let (bytes, sender) = try? socket.receiveWithSender() else { return }
        received.append(bytes)
        for answer in answers(bytes) { try? socket.send(answer, to: sender) }
    }
}
