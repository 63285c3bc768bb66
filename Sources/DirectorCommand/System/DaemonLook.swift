import DirectorService
import Glibc
import System

/// The daemon that a PID file leads to.
enum DaemonLook {
    /// There is no such file.
    case missing
    /// The file does not lead to a director that runs.
    case stale
    /// The file names this daemon, which runs.
    case running(DaemonProcess)

    /// Looks who holds the file, and at the process that its first line names.
    ///
    /// A number that is our own was left by an earlier process: where all begins anew, as in a container, they come back.
    init(at path: String) {
        if let number = PIDFile.holder(of: path), number != getpid(), let process = DaemonProcess(id: number) {
            self = .running(process)
        } else {
            self = SystemFile.exists(path) ? .stale : .missing
        }
    }

    /// The daemon that runs.
    var process: DaemonProcess? {
        if case .running(let process) = self { process } else { nil }
    }
}
