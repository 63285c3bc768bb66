import Addresses
import Director
import IPVS

extension MissingEntry {
    /// What is missing, as the status file has it.
    var text: String {
        switch subject {
        case .service: "virtual server \(service.text)"
        case .server(let real): "real server \(real.kernelText(behind: VirtualService(key: service))) (\(service.text))"
        case .surplus(let endpoint): "real server \(endpoint) (\(service.text))"
        case .standby(let endpoint): "fallback server \(endpoint) (\(service.text))"
        }
    }
}
