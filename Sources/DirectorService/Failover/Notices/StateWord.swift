import VRRP

/// What programs, pipes and mails call the state of a virtual router or group.
enum StateWord: String, Hashable, Sendable {
    case master = "MASTER"
    case backup = "BACKUP"
    case fault = "FAULT"
    case stop = "STOP"
    case deleted = "DELETED"

    /// The word for a state; nil for that before the first one, which is told to nobody.
    init?(_ state: RouterState) {
        switch state {
        case .initial: return nil
        case .backup: self = .backup
        case .master: self = .master
        case .fault: self = .fault
        }
    }

    /// The subject of a mail about it, without the name.
    var mailSubject: String {
        switch self {
        case .master, .backup, .fault: "Entering \(rawValue) state"
        case .stop: "Stopping"
        case .deleted: "Deleted"
        }
    }

    /// The body of a mail about it.
    func mailBody(of kind: NoticeSubject.Kind) -> String {
        switch (kind, self) {
        case (.router, .master): "=> VRRP Instance is now owning VRRP VIPs <="
        case (.router, .backup), (.router, .fault): "=> VRRP Instance is no longer owning VRRP VIPs <="
        case (.router, .stop): "=> VRRP Instance stopping <="
        case (.router, .deleted): "=> VRRP Deleted at reload <="
        case (.group, .master), (.group, .backup), (.group, .fault):
            "=> All VRRP group instances are now in \(rawValue) state <="
        case (.group, .stop): "=> All VRRP group instances are now stopping <="
        case (.group, .deleted): "=> VRRP group deleted <="
        }
    }
}
