package import Addresses

/// Where the packets of a check come from, and what they are marked with.
///
/// A value that is nil is left to the kernel. What cannot be had on this machine, such as an interface that is not there,
/// says nothing about the server: it is asked again later. Programs are run without an origin.
package struct ProbeOrigin: Hashable, Sendable {
    /// The source address, of the family of the server: `bind(2)`.
    package var address: IPAddress?
    /// The source port of TCP and UDP, 1...65535: `bind(2)`.
    ///
    /// A connection from it is reset when the check is over, since its port would be in use for another minute else. Further
    /// connections of the same dialogue, such as FTP has, come from any port.
    package var port: UInt16?
    /// The name of the interface that packets leave and replies enter by, at most 15 bytes: `SO_BINDTODEVICE` of `socket(7)`.
    ///
    /// It gives an address of a link its link.
    package var interface: String?
    /// The firewall mark of the packets, which routes and filters go by: `SO_MARK` of `socket(7)`, for which the process
    /// needs CAP_NET_ADMIN.
    package var mark: UInt32?

    /// Makes an origin; without arguments everything is left to the kernel.
    package init(address: IPAddress? = nil, port: UInt16? = nil, interface: String? = nil, mark: UInt32? = nil) {
        self.address = address
        self.port = port
        self.interface = interface
        self.mark = mark
    }
}
