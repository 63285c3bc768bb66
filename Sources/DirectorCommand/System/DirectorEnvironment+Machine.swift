import Console
import DirectorService
import Glibc
package import IPVS
import IPVSNetlink
import System

extension DirectorEnvironment {
    /// The machine that this process runs on.
    package static func machine(
        openKernel: @escaping () throws(IPVSError) -> any IPVSKernel
    ) -> DirectorEnvironment {
        StandardDescriptors.occupy()
        // A reader that has gone shows as an error of write.
        signal(SIGPIPE, SIG_IGN)
        var environment = DirectorEnvironment(
            output: FileDescriptorSink(STDOUT_FILENO),
            errors: FileDescriptorSink(STDERR_FILENO),
            hostName: Machine.name,
            processID: getpid(),
            openKernel: openKernel,
            answers: { NameResolution(of: $0).answers(within: NameResolution.usualLimit) },
            runDaemon: { Daemon.run($0, $1) }
        )
        if let folder = runtimeDirectory { environment.runtimeFolder = folder }
        environment.runAgainByPath = { ProcessName.runAgainByPath($0) }
        environment.prepare = { $0.carryOut() }
        environment.runGenhash = { words in
            let path = sibling("genhash") ?? "genhash"
            let failure = ProgramReplacement.run(path, ["genhash"] + words)
            try? LineSink.stream(STDERR_FILENO).write(Array("\(path): \(failure.message)\n".utf8))
            return 1
        }
        environment.loadModule = { KernelModule.ipvs.load() }
        environment.routersProgram = sibling("directrix-vrrp")
        if let command = sibling("ldirectord") { environment.companionCommand = command }
        return environment
    }

    /// The path of another program beside this one; nil where there is none.
    private static func sibling(_ name: String) -> String? {
        guard let program = SystemFile.linkTarget("/proc/self/exe"), let slash = program.lastIndex(of: "/") else {
            return nil
        }
        let path = "\(program[...slash])\(name)"
        return SystemFile.exists(path) ? path : nil
    }

    /// The first folder that systemd names by `RUNTIME_DIRECTORY`; nil when there is none.
    private static var runtimeDirectory: String? {
        guard let value = getenv("RUNTIME_DIRECTORY") else { return nil }
        return String(cString: value).split(separator: ":").first.map(String.init).flatMap {
            $0.hasPrefix("/") ? $0 : nil
        }
    }
}
