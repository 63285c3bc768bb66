import AdminCommand
import DirectorService
import Glibc
package import IPVS

extension DirectorSurroundings {
    /// The machine that this process runs on.
    package static func machine(
        openKernel: @escaping () throws(IPVSError) -> any IPVSKernel
    ) -> DirectorSurroundings {
        StandardDescriptors.occupy()
        // A reader that has gone shows as an error of write.
        signal(SIGPIPE, SIG_IGN)
        var surroundings = DirectorSurroundings(
            output: FileDescriptorSink(STDOUT_FILENO),
            errors: FileDescriptorSink(STDERR_FILENO),
            hostName: hostNameOfMachine,
            processID: getpid(),
            openKernel: openKernel,
            answers: { NameResolution(of: $0).answers(within: NameResolution.usualLimit) },
            runDaemon: { Daemon.run($0) }
        )
        surroundings.loadModule = KernelModule.load
        if let program = SystemFile.linkTarget("/proc/self/exe"), let slash = program.lastIndex(of: "/") {
            let sibling = "\(program[...slash])ldirectord"
            if SystemFile.exists(sibling) { surroundings.companionCommand = sibling }
        }
        return surroundings
    }

    /// `HOSTNAME` of the environment, or else the name that the kernel has.
    private static var hostNameOfMachine: String {
        if let name = getenv("HOSTNAME") { return String(cString: name) }
        var room = [CChar](repeating: 0, count: 256)
        guard gethostname(&room, room.count - 1) == 0 else { return "localhost" }
        return room.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } } ?? "localhost"
    }
}
