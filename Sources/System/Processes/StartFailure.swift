import Glibc

/// Why a program was not started.
package enum StartFailure: Error, Hashable, Sendable {
    /// The kernel does not take the program: the error number of `execve`, and what can be told of the file.
    case refused(Int32, String)
    /// There was no process or thread to be had; other checks need none.
    case noProcess(SystemFailure)
    /// Descriptors or memory have run out, which everybody needs.
    case noMeans(SystemFailure)
    /// It was not loaded in its time: its file system does not answer, or others like it wait for one that does not.
    case standstill
    /// Nobody wanted it any more.
    case withdrawn

    /// The failure of `vfork`, of `pthread_create` or of what makes pipes and files.
    static func means(_ failure: SystemFailure) -> StartFailure {
        switch failure.call {
        case "vfork", "pthread_create": .noProcess(failure)
        default: .noMeans(failure)
        }
    }
}
