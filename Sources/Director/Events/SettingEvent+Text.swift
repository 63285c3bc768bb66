import IPVS

// No language of configurations has words of its own for this.

extension Voice {
    package func lines(for event: SettingEvent) -> [String] { [event.text] }
}

extension SettingEvent {
    /// A line of the log.
    var text: String {
        switch self {
        case .changed(let change, .done): return change.settingWords.done
        case .changed(let change, .failed(let error, let retry)):
            let outlook = retry.map { "; trying again in \($0.components.seconds) s" } ?? ""
            return "Failed to \(change.settingWords.wanted): \(error.reason)\(outlook)"
        case .drifted(let setting, let response):
            let outcome =
                switch response {
                case .left: "left as it is"
                case .repaired, .putBack: "being put right"
                case .putBackLater(let pause): "changed again and again, put right in \(pause.components.seconds) s"
                }
            return "Table changed by others: \(setting.words); \(outcome)"
        }
    }
}

extension SettingEvent.Setting {
    fileprivate var words: String {
        switch self {
        case .timeouts: "timeouts of connections"
        case .daemon(let role): "sync daemon (\(role.name))"
        }
    }
}

extension Change {
    /// What was done, and the same as something that is to be done.
    fileprivate var settingWords: (done: String, wanted: String) {
        switch self {
        case .setTimeouts(let timeouts):
            let values = [("tcp", timeouts.tcp), ("tcpfin", timeouts.tcpFin), ("udp", timeouts.udp)]
            let text = values.lazy.filter { $0.1 != 0 }.map { "\($0.0) \($0.1) s" }.joined(separator: ", ")
            return ("Set timeouts of connections: \(text)", "set timeouts of connections: \(text)")
        case .startDaemon(let daemon):
            let text = "sync daemon (\(daemon.role.name)): \(daemon.interface), id \(daemon.syncID)"
            return ("Started \(text)", "start \(text)")
        case .stopDaemon(let role): return ("Stopped sync daemon (\(role.name))", "stop sync daemon (\(role.name))")
        case .flush: return ("Emptied the table", "empty the table")
        case .addService, .editService, .deleteService, .addDestination, .editDestination, .deleteDestination, .zero:
            return ("Changed the table", "change the table")
        }
    }
}
