import Console
import Glibc
import IPVS
import IPVSAdm
import Rules
import System

/// A machine with a kernel in memory, which keeps its table from one command to the next.
final class SimulatedHost: Host {
    /// What a command has written so far.
    private final class Record: ByteSink {
        var bytes: [UInt8] = []

        func write(_ bytes: [UInt8]) { self.bytes += bytes }
    }

    let kernel: SimulatedKernel
    private let machine: LinuxHost
    private let record = Record()
    private var input: [UInt8] = []

    init(kernel: SimulatedKernel = SimulatedKernel()) {
        self.kernel = kernel
        machine = LinuxHost(kernel: { () throws(IPVSError) in kernel }, namespace: { _ in ENOENT })
    }

    /// Runs a program of `ipvsadm`, with words that blanks part.
    ///
    /// - Returns: its exit status and what it wrote to standard output.
    func run(_ command: String, input: String) -> (status: Int32, output: String) {
        self.input = Array(input.utf8)
        record.bytes = []
        let status = IPVSAdmPrograms.run(arguments: command.split(separator: " ").map(String.init), host: self)
        return (status, String(decoding: record.bytes, as: UTF8.self))
    }

    var names: any NameService { machine.names }
    var output: any ByteSink { record }
    var errors: any ByteSink { machine.errors }
    var errorsAreSeen: Bool { machine.errorsAreSeen }

    func openKernel() throws(IPVSError) -> any IPVSKernel { try machine.openKernel() }

    func loadModule() {}

    func enterNamespace(_ name: String) throws(SystemFailure) { try machine.enterNamespace(name) }

    func readInput() throws(SystemFailure) -> [UInt8] { input }

    func replaceFile(at path: String) throws(SystemFailure) -> any FileReplacement { try machine.replaceFile(at: path) }

    func refusalContext(modules: [String]) -> RefusalContext { machine.refusalContext(modules: modules) }
}
