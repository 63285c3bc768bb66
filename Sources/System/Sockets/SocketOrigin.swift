package import Addresses
import CLinux
import Glibc

/// What a socket is bound to before it is used, and what its packets are marked with.
package struct SocketOrigin: Hashable, Sendable {
    /// The source address; nil where the kernel chooses it.
    package var address: IPAddress?
    /// The source port; 0 where the kernel chooses it.
    package var port: UInt16
    /// The interface: `SO_BINDTODEVICE`; nil for whatever routes say.
    package var interface: String?
    /// The firewall mark: `SO_MARK`; 0 for none.
    package var mark: UInt32

    /// Makes an origin; without arguments all is left to the kernel.
    package init(address: IPAddress? = nil, port: UInt16 = 0, interface: String? = nil, mark: UInt32 = 0) {
        self.address = address
        self.port = port
        self.interface = interface
        self.mark = mark
    }

    /// Binds a socket that is new.
    ///
    /// A stream from a port of its own is reset by the end of its descriptor: in TIME_WAIT, for a minute, nobody else could
    /// have that port for the same server. Several streams may have the same port as long as they lead to different places.
    ///
    /// - Throws: `SystemFailure` of `setsockopt` or `bind`.
    package func bind(_ descriptor: Int32, _ family: AddressFamily, isStream: Bool) throws(SystemFailure) {
        // A link-local address needs its interface, so that this is first.
        if let interface {
            let bytes = Array(interface.utf8)
            try Self.set(SO_BINDTODEVICE, of: descriptor) {
                setsockopt($0, SOL_SOCKET, $1, bytes, socklen_t(bytes.count))
            }
        }
        if mark != 0 { try Self.set(SO_MARK, to: mark, of: descriptor) }
        guard address != nil || port != 0 else { return }
        if port == 0 {
            // Else the kernel takes a port from all that could be connected elsewhere; it does so in kernels before 4.2.
            var one: Int32 = 1
            setsockopt(
                descriptor,
                Int32(IPPROTO_IP),
                IP_BIND_ADDRESS_NO_PORT,
                &one,
                socklen_t(MemoryLayout<Int32>.size)
            )
        } else if isStream {
            try Self.set(SO_REUSEADDR, to: Int32(1), of: descriptor)
            try Self.set(SO_LINGER, to: linger(l_onoff: 1, l_linger: 0), of: descriptor)
        }
        let source = SocketAddress(Endpoint(address: address ?? .any(family), port: port))
        guard source.read({ Glibc.bind(descriptor, $0, $1) }) == 0 else { throw .last("bind") }
    }

    private static func set<Value: BitwiseCopyable>(_ option: Int32, to value: Value, of descriptor: Int32)
        throws(SystemFailure)
    {
        var value = value
        try set(option, of: descriptor) {
            setsockopt($0, SOL_SOCKET, $1, &value, socklen_t(MemoryLayout<Value>.size))
        }
    }

    private static func set(
        _ option: Int32,
        of descriptor: Int32,
        by call: (_ descriptor: Int32, _ option: Int32) -> Int32
    ) throws(SystemFailure) {
        guard call(descriptor, option) == 0 else { throw .last("setsockopt") }
    }
}

extension SocketOrigin: CustomStringConvertible {
    /// `10.0.0.9:1024 eth1 mark 5`, as far as it is set.
    package var description: String {
        var words: [String] = []
        switch (address, port) {
        case (let address?, 0): words.append("\(address)")
        case (let address?, _): words.append("\(Endpoint(address: address, port: port))")
        case (nil, 0): break
        case (nil, _): words.append("port \(port)")
        }
        if let interface { words.append(interface) }
        if mark != 0 { words.append("mark \(mark)") }
        return words.joined(separator: " ")
    }
}
