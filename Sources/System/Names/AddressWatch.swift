package import Addresses
import CLinux
import Glibc

/// Follows the addresses that the interfaces of this machine have.
///
/// rtnetlink(7) tells that something changed; what there is then is read anew, for notices may be lost.
package final class AddressWatch {
    private let loop: EventLoop
    private let descriptor: Descriptor
    private let onChange: (Set<IPAddress>) -> Void
    private var watch: Watch?
    /// The addresses, as they were read last.
    package private(set) var addresses: Set<IPAddress>

    /// Follows the addresses from now on.
    ///
    /// - Parameter onChange: told the addresses whenever they are others, in a turn of the loop.
    /// - Throws: `SystemFailure` of `socket`, `bind` or `epoll_ctl`.
    package init(on loop: EventLoop, _ onChange: @escaping (Set<IPAddress>) -> Void) throws(SystemFailure) {
        self.loop = loop
        self.onChange = onChange
        descriptor = try Descriptor(of: "socket", clinux_follow_addresses())
        // Whatever changes from here on is told.
        addresses = Self.present ?? []
        watch = try loop.watch(descriptor.number, for: .readable) { [unowned self] _ in look() }
    }

    deinit {
        if let watch { loop.end(watch) }
    }

    private func look() {
        var room: (UInt64, UInt64) = (0, 0)
        // What the notices say does not matter, nor whether one was cut or lost.
        let size = MemoryLayout.size(ofValue: room)
        while recv(descriptor.number, &room, size, 0) >= 0 || errno == ENOBUFS || errno == EINTR {}
        guard let present = Self.present, present != addresses else { return }
        addresses = present
        onChange(present)
    }

    /// The addresses of all interfaces; nil where they cannot be read.
    static var present: Set<IPAddress>? {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { return nil }
        defer { freeifaddrs(first) }
        var addresses: Set<IPAddress> = []
        var next = first
        while let entry = next?.pointee {
            next = entry.ifa_next
            guard let address = entry.ifa_addr else { continue }
            let length: Int
            switch Int32(address.pointee.sa_family) {
            case AF_INET: length = MemoryLayout<sockaddr_in>.size
            case AF_INET6: length = MemoryLayout<sockaddr_in6>.size
            default: continue
            }
            if let found = SocketAddress(copying: UnsafeRawPointer(address), length: UInt32(length))?.endpoint?.address
            {
                addresses.insert(found)
            }
        }
        return addresses
    }
}
