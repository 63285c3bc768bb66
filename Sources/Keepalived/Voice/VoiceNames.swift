import Addresses
import Configuration
import Director
import IPVS

// What keepalived calls virtual servers and real servers in its log, its mails and its FIFOs.

extension VirtualServer {
    /// `[10.0.0.1]:tcp:80`, `FWM 5`, `[GROUP]:0`.
    package var voiceName: String {
        if let label { return label }
        switch service.key {
        case .endpoint(_, let endpoint):
            return "[\(endpoint.address)]:\(service.key.transportText):\(endpoint.port)"
        case .mark(let mark, _): return "FWM \(mark)"
        }
    }

    /// `[10.0.0.11]:tcp:80`, with `none` for the protocol behind a mark.
    func voiceName(of server: RealServer) -> String {
        let transport =
            switch service.key {
            case .endpoint: service.key.transportText
            case .mark: "none"
            }
        return "[\(server.address)]:\(transport):\(namedPort(of: server))"
    }

    /// The port that keepalived keeps for a server: that of the kernel, except where a group leaves the written one as it is.
    func namedPort(of server: RealServer) -> UInt16 {
        server.namedPort ?? server.destination(in: service).endpoint.port
    }
}

extension Endpoint {
    /// `[10.0.0.11]:80`.
    var bracketed: String { "[\(address)]:\(port)" }

    /// `10.0.0.11:80`, as keepalived tells it of the kernel; IPv6 has no brackets here.
    var kernelName: String { "\(address):\(port)" }
}
