import Addresses
package import Configuration
package import IPVS

// What people call virtual servers and real servers, whatever language the configuration is in.

extension ServiceKey {
    /// `10.0.0.1:80`, or the number of the mark.
    package var text: String {
        switch self {
        case .endpoint(_, let endpoint): endpoint.description
        case .mark(let mark, _): "\(mark)"
        }
    }

    /// `tcp:10.0.0.1:80`, `fwm:1`, `fwm6:1`.
    package var identity: String {
        switch self {
        case .endpoint: "\(transportText):\(text)"
        case .mark(let mark, let family): "\(family == .ipv6 ? "fwm6" : "fwm"):\(mark)"
        }
    }

    /// `tcp`, `udp`, `sctp` or `fwm`.
    package var transportText: String {
        transport.map { $0.name ?? "tcp" } ?? "fwm"
    }
}

extension VirtualServer {
    /// What people call it in full: its only service, or its label where it has several.
    package var identity: String { calledByLabel ?? service.key.identity }

    /// The same in short: `10.0.0.1:80`.
    package var text: String { calledByLabel ?? service.key.text }

    private var calledByLabel: String? { services.count > 1 ? label ?? name : nil }
}

extension RealServer {
    /// Address and port as the file has them.
    package var text: String {
        writtenEndpoint.description
    }

    /// Address and port as the kernel has them behind a service, and where they come from.
    package func kernelText(behind service: VirtualService) -> String {
        let endpoint = destination(in: service).endpoint
        return endpoint == writtenEndpoint ? text : "\(endpoint) mapped from \(text)"
    }
}
