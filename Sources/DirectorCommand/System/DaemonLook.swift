import Glibc

/// What a look at a PID file finds of its daemon.
enum DaemonLook {
    /// There is none.
    case missing
    /// It does not lead to a director that runs.
    case stale
    /// It names this one.
    case running(DaemonProcess)

    /// Looks at the file and the process that its first line names.
    ///
    /// A number that is our own was left by an earlier process: where all begins anew, as in a container, they come back.
    init(at path: String) {
        guard SystemFile.exists(path) else {
            self = .missing
            return
        }
        let line = SystemFile.text(path)?.prefix { !$0.isNewline } ?? ""
        if let number = Int32(String(line.filter { !$0.isWhitespace })), number != getpid(),
            let process = DaemonProcess(id: number)
        {
            self = .running(process)
        } else {
            self = .stale
        }
    }

    /// The daemon that runs.
    var process: DaemonProcess? {
        if case .running(let process) = self { process } else { nil }
    }
}
