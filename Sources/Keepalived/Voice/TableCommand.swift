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
        case (_, .noSuchEntry): "No such file or directory"
        case (_, .noSuchService): "No such process"
        case (_, .exists): "File exists"
        case (_, .notPermitted): "Permission denied (you must be root)"
        case (_, .invalid): "Invalid operation.  Possibly wrong module version, address not unicast, ..."
        case (_, .outOfMemory): "Memory allocation problem"
        case (_, .familyNotSupported): "Operation not supported with specified address family"
        case (_, .outOfRange): "Numerical result out of range"
        case (_, .noBufferSpace): "No buffer space available"
        case (_, .timedOut): "Connection timed out"
        default: "Unknown error"
        }
    }
}
