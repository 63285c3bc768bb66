import CLinux
import Glibc

/// A server on loopback that takes connections as far as the kernel does, and can go and come back at its port.
final class LoopbackServer {
    private(set) var port: UInt16 = 0
    private(set) var descriptor: Int32 = -1

    init() {
        start()
    }

    deinit {
        stop()
    }

    /// Listens at its port.
    func start() {
        guard descriptor < 0 else { return }
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(descriptor, $0, length)
                listen(descriptor, 1024)
                getsockname(descriptor, $0, &length)
            }
        }
        port = UInt16(bigEndian: address.sin_port)
    }

    /// Refuses connections from here on.
    func stop() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    /// Takes the next connection; -1 when there is none.
    func accept() -> Int32 {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, 0) > 0 else { return -1 }
        return Glibc.accept(descriptor, nil, nil)
    }
}
