public import Addresses
import IPVS
public import IPVSNetlink
import Synchronization

/// The network of contrib/lab.d/network.sh: a client, two directors and three real servers, each a namespace.
public final class LabNetwork: Sendable {
    /// The names of the real servers.
    public static let serverNames = ["rs1", "rs2", "rs3"]

    private let servers: [Server]
    private let arrangement = Mutex<ServerArrangement?>(nil)

    /// Builds the network and starts the servers, which answer at that port of their own and of the virtual addresses.
    ///
    /// - Throws: `Failure` when a command fails.
    public init(port: UInt16) throws {
        try Self.run("lab_network \(Self.serverNames.count) 2")
        servers = try Self.serverNames.enumerated().map { index, name in
            let addresses = AddressFamily.allCases.flatMap { family in
                [Self.virtualAddress(family), Self.serverAddress(index + 1, family)]
            }
            return try Server(name, at: addresses, port: port)
        }
    }

    /// A command of the shell that failed.
    public struct Failure: Error, CustomStringConvertible {
        public let command: String
        public let errors: String
        public var description: String { "\(command): \(errors)" }
    }

    /// Runs a shell command that knows the functions of network.sh.
    public static func run(_ command: String) throws {
        let program = try Program.run("bash", ["-ec", ". contrib/lab.d/network.sh; \(command)"])
        guard program.status == 0 else { throw Failure(command: command, errors: program.errors) }
    }

    /// Sets the real servers up for one way of forwarding, unless they are already.
    public func arrange(_ wanted: ServerArrangement) throws {
        try arrangement.withLock { current in
            if current == wanted { return }
            current = nil
            try Self.run(wanted.command)
            current = wanted
        }
    }

    /// How many packets the servers have taken out of tunnels since they were set up for them.
    public static func unwrappedPackets() throws -> Int {
        try serverNames.reduce(0) { sum, server in
            let lines = try Namespace.named(server) { try KernelFile.lines(of: "/proc/thread-self/net/dev") }
            return lines.reduce(sum) { sum, line in
                // The device, the bytes and the packets that it received, and more.
                let words = line.split(separator: " ")
                guard words.count > 2, words[0].hasPrefix("tunnel") else { return sum }
                return sum + (Int(words[2]) ?? 0)
            }
        }
    }

    /// The address that the active director has for the clients.
    public static func virtualAddress(_ family: AddressFamily) -> IPAddress {
        switch family {
        case .ipv4: .v4(IPv4Address(value: 0x0a01_0064))
        case .ipv6: .v6(IPv6Address(high: 0xfd00_0001_0000_0000, low: 0x100))
        }
    }

    /// The address of the real server with that number, from 1.
    public static func serverAddress(_ number: Int, _ family: AddressFamily) -> IPAddress {
        switch family {
        case .ipv4: .v4(IPv4Address(value: 0x0a02_000a + UInt32(number)))
        // The decimal digits are written as they are, as hexadecimal ones.
        case .ipv6: .v6(IPv6Address(high: 0xfd00_0002_0000_0000, low: 0x10 + UInt64(number)))
        }
    }

    /// The IPVS of a director, without services and with the timeouts of a fresh kernel.
    public static func kernel(of director: String = "director") throws -> NetlinkKernel {
        try Namespace.named(director) {
            let kernel = try NetlinkKernel()
            let report = kernel.apply([.flush, .setTimeouts(Timeouts(tcp: 900, tcpFin: 120, udp: 300))])
            if let failure = report.failures.first { throw failure.error }
            return kernel
        }
    }
}
