import Addresses
import Configuration

/// The directives outside of every virtual server.
struct GlobalSection: Sendable {
    var shared = SharedDirectives()
    var fallbacks: [AddressFamily: FallbackEntry] = [:]
    var reloadsOnChange: Bool?
    var changeCommand: String?
    var changeCommandPlace: Place?
    var log: LogDestination?
    var companions: [String] = []
    var isSupervised: Bool?
    var isForking: Bool?
    var addsQuiescent: Bool?
    var mailSender: String?
    var maintenanceDirectory: String?
    /// The folders that are needed, by the directive that needs each.
    var folders: [String: NamedFolder] = [:]
}
