import Addresses
import Glibc
import Testing

@testable import CheckIO
@testable import System

/// A server of datagrams on the loop of the test.
final class DatagramServer {
    let endpoint: Endpoint
    /// What came, in order.
    private(set) var received: [[UInt8]] = []
    private let loop: EventLoop
    private let descriptor: Int32
    private var watch: Watch?

    /// Waits on a port that the kernel chooses.
    ///
    /// - Parameter answers: what is sent back for each datagram, in order.
    init(_ loop: EventLoop, address: String = "127.0.0.1", _ answers: @escaping ([UInt8]) -> [[UInt8]]) throws {
        self.loop = loop
        let address = try #require(IPAddress(address))
        (descriptor, endpoint) = try LoopServer.bound(to: address, SOCK_DGRAM)
        watch = try loop.watch(descriptor, for: .readable) { [unowned self] _ in receive(answers) }
    }

    deinit {
        if let watch { loop.end(watch) }
        close(descriptor)
    }

    private func receive(_ answers: ([UInt8]) -> [[UInt8]]) {
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            guard let (count, sender) = NetworkSocket.receive(into: buffer, by: descriptor), let sender else { return }
            let bytes = Array(buffer[..<count])
            received.append(bytes)
            for answer in answers(bytes) {
                _ = SocketAddress(sender).read { sendto(descriptor, answer, answer.count, 0, $0, $1) }
            }
        }
    }
}
