import IPVS

extension TransportProtocol {
    /// `TCP`, `UDP` or `SCTP`; nil for protocols that IPVS does not forward.
    var listingName: String? {
        switch self {
        case .tcp: "TCP"
        case .udp: "UDP"
        case .sctp: "SCTP"
        default: nil
        }
    }
}

extension ForwardingMethod {
    /// The word of the column `Forward`.
    var listingName: String {
        switch self {
        case .masquerade: "Masq"
        case .local: "Local"
        case .tunnel: "Tunnel"
        case .directRoute: "Route"
        case .bypass: "Bypass"
        default: "Unknown"
        }
    }
}

extension SchedulerFlags {
    /// The names that listings show: `sh` and `mh` have words for two of their flags and none for the third.
    func listedNames(of scheduler: String) -> [String] {
        names(of: scheduler).filter { !Self.areNamed(by: scheduler) || $0 != "flag-3" }
    }
}
