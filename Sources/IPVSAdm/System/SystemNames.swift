package import Addresses
import Glibc
package import IPVS
import Rules

/// The names that the C library finds: `/etc/hosts`, DNS, `/etc/services`.
package struct SystemNames: NameService {
    package init() {}

    package func address(ofHost name: String) -> IPv4Address? {
        guard let host = gethostbyname(name)?.pointee, host.h_addrtype == AF_INET, host.h_length == 4,
            let first = host.h_addr_list?.pointee
        else { return nil }
        let value = UnsafeRawPointer(first).loadUnaligned(as: UInt32.self)
        return IPv4Address(value: UInt32(bigEndian: value))
    }

    package func port(ofService name: String, _ transport: TransportProtocol) -> UInt16? {
        guard let word = transport.name, let service = getservbyname(name, word)?.pointee else { return nil }
        return UInt16(bigEndian: UInt16(truncatingIfNeeded: service.s_port))
    }

    package func name(ofHost address: IPAddress) -> String? {
        let entry: UnsafeMutablePointer<hostent>? =
            switch address {
            case .v4(let address):
                withUnsafeBytes(of: address.value.bigEndian) {
                    gethostbyaddr($0.baseAddress, socklen_t($0.count), AF_INET)
                }
            case .v6(let address):
                withUnsafeBytes(of: (address.high.bigEndian, address.low.bigEndian)) {
                    gethostbyaddr($0.baseAddress, socklen_t($0.count), AF_INET6)
                }
            }
        return entry?.pointee.h_name.map { String(cString: $0) }
    }

    package func name(ofPort port: UInt16, _ transport: TransportProtocol) -> String? {
        guard let word = transport.name,
            let service = getservbyport(Int32(port.bigEndian), word)?.pointee
        else { return nil }
        return service.s_name.map { String(cString: $0) }
    }
}
