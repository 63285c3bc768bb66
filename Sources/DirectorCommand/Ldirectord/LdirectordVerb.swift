/// The command for an instance of ldirectord.
enum LdirectordVerb: String, Hashable, CaseIterable {
    case start
    case stop
    case restart
    /// A restart of what runs.
    case tryRestart = "try-restart"
    case reload
    case status

    /// Whether it can start a daemon.
    var startsDaemon: Bool { self == .start || self == .restart || self == .tryRestart }

    /// Reads the word of the command line; there are two for a reload.
    init?(word: String) {
        if word == "force-reload" {
            self = .reload
        } else {
            self.init(rawValue: word)
        }
    }
}
