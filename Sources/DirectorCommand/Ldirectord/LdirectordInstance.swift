import System

/// A configuration as the command line names it, and the name that its daemon's files go by.
struct LdirectordInstance: Hashable {
    /// The configuration as it is written: a name to look for, or a path.
    let configuration: String
    /// The name in the PID file's: the last part of the configuration's path.
    let name: String

    /// The instance of a configuration without a path; nil for a word that names no file.
    init?(configuration: String) {
        guard let name = configuration.split(separator: "/").last, !configuration.hasSuffix("/") else { return nil }
        self.init(configuration: configuration, name: String(name))
    }

    private init(configuration: String, name: String) {
        self.configuration = configuration
        self.name = name
    }

    /// The one that a command without a configuration means; `ldirectord.cf` written out is another.
    static let standard = LdirectordInstance(configuration: "ldirectord.cf", name: "ldirectord")

    /// The path of the file that holds the number of the daemon's process.
    func pidFile(in folder: String) -> String { "\(folder)/ldirectord.\(name).pid" }

    /// The path of the configuration: of the first of these folders that has a file of this name, else as it is written.
    ///
    /// - Returns: nil when there is no such file.
    func findConfiguration(in folders: [String]) -> String? {
        (folders.map { "\($0)/\(configuration)" } + [configuration]).first(where: SystemFile.isRegular)
    }
}
