package import Console
import Glibc
package import IPVS
package import Rules
package import System

extension ReplacedFile: FileReplacement {}

/// The machine that this process runs on.
package final class LinuxHost: Host {
    package let names: any NameService = SystemNames()
    package let output: any ByteSink = FileDescriptorSink(STDOUT_FILENO)
    package let errors: any ByteSink = FileDescriptorSink(STDERR_FILENO)
    private let makeKernel: () throws(IPVSError) -> any IPVSKernel
    private let changeNamespace: (String) -> Int32
    private let loadIPVS: () -> Void
    /// The most that is read from standard input: five million rules.
    private static let inputLimit = 512 << 20

    /// Makes the host.
    ///
    /// - Parameters:
    ///   - kernel: opens the handle on the kernel.
    ///   - namespace: moves the process into a network namespace; gives 0 or an error number.
    ///   - loadModule: tries to load the module of the kernel.
    package init(
        kernel: @escaping () throws(IPVSError) -> any IPVSKernel,
        namespace: @escaping (String) -> Int32,
        loadModule: @escaping () -> Void = {}
    ) {
        makeKernel = kernel
        changeNamespace = namespace
        loadIPVS = loadModule
        StandardDescriptors.occupy()
        // A reader that has gone shows as an error of write.
        signal(SIGPIPE, SIG_IGN)
    }

    package var errorsAreSeen: Bool { isatty(STDERR_FILENO) == 1 }

    package func openKernel() throws(IPVSError) -> any IPVSKernel {
        try makeKernel()
    }

    package func loadModule() {
        loadIPVS()
    }

    package func enterNamespace(_ name: String) throws(SystemFailure) {
        let code = changeNamespace(name)
        if code != 0 { throw SystemFailure(call: "setns", number: code) }
    }

    package func readInput() throws(SystemFailure) -> [UInt8] {
        try Descriptor.read(STDIN_FILENO, limit: Self.inputLimit)
    }

    package func replaceFile(at path: String) throws(SystemFailure) -> any FileReplacement {
        try ReplacedFile(at: path)
    }

    package func refusalContext(modules: [String]) -> RefusalContext {
        RefusalProbe.look(modules: modules)
    }
}
