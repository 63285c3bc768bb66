import Configuration

/// The names of the files that a daemon of keepalived is known by.
struct KeepalivedFiles: Hashable {
    /// The file with the number of the process.
    let pidFile: String
    /// The one with the number of the process that checks, which is the same process.
    let checkersPIDFile: String
    /// The one with the number of the process of the virtual routers.
    let routersPIDFile: String
    /// The folder that they are in, unless the command line names them.
    let folder: String
    /// The name of the instance.
    let instance: String
    /// What stands in the names of dumps behind a full stop; nil for nothing.
    let dumpSuffix: String?

    /// Chooses names; what the command line names has its name.
    ///
    /// With `use_pid_dir` or an instance, PID files are in a folder of their own, and with a namespace in one of its name
    /// below that.
    ///
    /// - Parameters:
    ///   - options: the command line.
    ///   - process: what the configuration says.
    ///   - folder: the folder of PID files.
    init(_ options: KeepalivedOptions, _ process: ProcessSettings, in folder: String) {
        let namespace = options.namespace ?? process.networkNamespace
        let suffix = process.instance.map { "_\($0)" } ?? ""
        var place = folder
        if process.usesPIDFolder || process.instance != nil || namespace != nil { place += "/keepalived" }
        if let namespace { place += "/\(namespace)" }
        self.folder = place
        let names = [namespace, process.instance].compactMap { $0 }
        instance = (["keepalived"] + names).joined(separator: "_")
        dumpSuffix = process.namesDumps && !names.isEmpty ? names.joined(separator: "_") : nil
        pidFile = options.pidFile ?? "\(place)/keepalived\(suffix).pid"
        routersPIDFile = options.routersPIDFile ?? "\(place)/vrrp\(suffix).pid"
        checkersPIDFile = options.checkersPIDFile ?? "\(place)/checkers\(suffix).pid"
    }
}
