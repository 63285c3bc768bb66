import CLinux
import Glibc

/// A socket as systemd and syslog have it, and what came to it.
final class NotifySocket {
    private var descriptor: Int32 = -1
    private var received: [String] = []

    func open(at path: String) {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    deinit {
        end()
    }

    /// Hears nothing from here on.
    func end() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    /// What has come so far.
    var messages: [String] {
        var room = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &room, room.count, 0)
            guard count > 0 else { return received }
            received.append(String(decoding: room[..<count], as: UTF8.self))
        }
    }

    /// How many messages begin with that.
    func count(_ text: String) -> Int { messages.count { $0.hasPrefix(text) } }

    func contains(_ text: String) -> Bool { count(text) > 0 }
}
