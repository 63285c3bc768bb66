import Console
import IPVS
import IPVSAdm
import Rules
import System

/// A machine in memory, which records what a program does to it.
final class ExampleHost: Host {
    /// What came out of a program.
    struct Outcome: Equatable {
        var status: Int32
        var output = ""
        var errors = ""
    }

    /// Keeps what is written until it is full.
    final class Sink: ByteSink {
        var text = ""
        var failure: SystemFailure?
        var capacity = Int.max

        func write(_ bytes: [UInt8]) throws(SystemFailure) {
            if let failure, text.utf8.count + bytes.count > capacity { throw failure }
            text += String(decoding: bytes, as: UTF8.self)
        }
    }

    /// A file in memory.
    final class File: FileReplacement {
        private let host: ExampleHost
        private let path: String
        private let sink = Sink()

        init(host: ExampleHost, path: String) {
            self.host = host
            self.path = path
            sink.failure = host.fileFailure
            sink.capacity = 0
        }

        func write(_ bytes: [UInt8]) throws(SystemFailure) { try sink.write(bytes) }

        func commit() throws(SystemFailure) { host.files[path] = sink.text }

        func discard() { host.discardedFiles.append(path) }
    }

    var kernel: any IPVSKernel
    let names: any NameService = ExampleNames()
    var standardOutput = Sink()
    var standardErrors = Sink()
    var errorsAreSeen = false
    var input = ""
    var files: [String: String] = [:]
    var discardedFiles: [String] = []
    var fileFailure: SystemFailure?
    /// What opening the kernel gives, in this order, before it succeeds.
    var startFailures: [IPVSError] = []
    var modulesLoaded = 0
    var namespaces: Set<String> = ["blue"]
    var namespacesEntered: [String] = []
    var found = RefusalContext()

    init(_ kernel: any IPVSKernel = SimulatedKernel()) {
        self.kernel = kernel
    }

    /// Runs a program with words that blanks part.
    func run(_ words: String, input: String = "") -> Outcome {
        self.input = input
        standardOutput.text = ""
        standardErrors.text = ""
        let status = IPVSAdmPrograms.run(arguments: words.split(separator: " ").map(String.init), host: self)
        return Outcome(status: status, output: standardOutput.text, errors: standardErrors.text)
    }

    var output: any ByteSink { standardOutput }
    var errors: any ByteSink { standardErrors }

    func openKernel() throws(IPVSError) -> any IPVSKernel {
        if !startFailures.isEmpty { throw startFailures.removeFirst() }
        return kernel
    }

    func loadModule() { modulesLoaded += 1 }

    func enterNamespace(_ name: String) throws(SystemFailure) {
        guard namespaces.contains(name) else { throw SystemFailure(call: "setns", number: 2) }
        namespacesEntered.append(name)
    }

    func readInput() throws(SystemFailure) -> [UInt8] { Array(input.utf8) }

    func replaceFile(at path: String) throws(SystemFailure) -> any FileReplacement { File(host: self, path: path) }

    func refusalContext(modules: [String]) -> RefusalContext { found }
}
