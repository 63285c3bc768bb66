import Director
import IPVS

/// A change of the kernel's table by the name and number that it has in `linux/ip_vs.h`, as log lines call it.
enum TableCommand: Int {
    case addService = 1154
    case editService = 1155
    case deleteService = 1156
    case addDestination = 1159
    case deleteDestination = 1160
    case editDestination = 1161

    /// The change that a step is made by.
    init(_ step: TableStep) {
        let isService = if case .service = step.subject { true } else { false }
        switch step.deed {
        case .added, .readded: self = isService ? .addService : .addDestination
        case .changed, .restored, .quiesced: self = isService ? .editService : .editDestination
        case .deleted, .purged: self = isService ? .deleteService : .deleteDestination
        }
    }

    /// `IP_VS_SO_SET_ADDDEST`.
    var name: String {
        switch self {
        case .addService: "IP_VS_SO_SET_ADD"
        case .editService: "IP_VS_SO_SET_EDIT"
        case .deleteService: "IP_VS_SO_SET_DEL"
        case .addDestination: "IP_VS_SO_SET_ADDDEST"
        case .deleteDestination: "IP_VS_SO_SET_DELDEST"
        case .editDestination: "IP_VS_SO_SET_EDITDEST"
        }
    }

    /// The number of it.
    var number: Int { rawValue }

    /// What an error number of the kernel means for it: `ipvs_strerror`.
    func words(for error: KernelError) -> String {
        switch (self, error) {
        case (.addService, .exists): "Service already exists"
        case (.addService, .noSuchEntry), (.editService, .noSuchEntry): "Scheduler or persistence engine not found"
        case (.editService, .noSuchService), (.deleteService, .noSuchService): "No such service"
        case (.addDestination, .noSuchService), (.editDestination, .noSuchService),
            (.deleteDestination, .noSuchService):
            "Service not defined"
        case (.addDestination, .exists): "Destination already exists"
        case (.editDestination, .noSuchEntry), (.deleteDestination, .noSuchEntry): "No such destination"
        default: Self.words[error] ?? "Unknown error \(error.rawValue)"
        }
    }

    /// What error numbers mean whatever the change is; those that `ipvs_strerror` does not know, as the C library has them.
    private static let words: [KernelError: String] = [
        .notPermitted: "Permission denied (you must be root)",
        .invalid: "Invalid operation.  Possibly wrong module version, address not unicast, ...",
        .protocolNotAvailable: "Protocol not available",
        .outOfMemory: "Memory allocation problem",
        .notSupported: "Operation not supported with IPv6",
        .familyNotSupported: "Operation not supported with specified address family",
        .messageTooLong: "Module is wrong version",
        .noSuchEntry: "No such file or directory",
        .noSuchService: "No such process",
        .inputOutput: "Input/output error",
        .busy: "Device or resource busy",
        .exists: "File exists",
        .noSuchDevice: "No such device",
        .outOfRange: "Numerical result out of range",
        .noBufferSpace: "No buffer space available",
        .timedOut: "Connection timed out",
    ]
}
