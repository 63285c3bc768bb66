/// The commands of the language under the names that messages give them.
enum CommandName: String, Hashable, Sendable {
    case addService = "add-service"
    case editService = "edit-service"
    case deleteService = "delete-service"
    case flush
    case list
    case addServer = "add-server"
    case deleteServer = "delete-server"
    case editServer = "edit-server"
    case set
    case startDaemon = "start-daemon"
    case stopDaemon = "stop-daemon"
    case restore
    case save
    case zero
    case help
    case version
}
