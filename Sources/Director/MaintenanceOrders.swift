import Addresses
import Configuration
import IPVS

/// The files of the folder for maintenance, and the names of addresses that they may bear.
struct MaintenanceOrders: Sendable {
    /// The names of the files.
    var files: Set<String> = []
    /// The names that addresses have, fully qualified.
    var names: [IPAddress: String] = [:]

    /// Whether a file names the server: by address, full name or short name, each with or without the port.
    func name(_ server: RealServer) -> Bool {
        guard !files.isEmpty else { return false }
        let address = server.address
        var candidates = ["\(address)"]
        if case .v6 = address { candidates.insert("[\(address)]", at: 0) }
        for name in [names[address], server.hostName].compactMap({ $0 }) {
            candidates.append(name)
            if let short = Self.shortName(of: name) { candidates.append(short) }
        }
        return candidates.contains { files.contains("\($0):\(server.writtenEndpoint.port)") || files.contains($0) }
    }

    /// The first label of a name of several: lower-case letters, digits and hyphens after a letter; else nil.
    private static func shortName(of name: String) -> String? {
        guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        let label = name.utf8[..<dot]
        guard let first = label.first, isLowerCase(first) else { return nil }
        guard label.allSatisfy({ isLowerCase($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }) else {
            return nil
        }
        return String(name[..<dot])
    }

    private static func isLowerCase(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }
}
