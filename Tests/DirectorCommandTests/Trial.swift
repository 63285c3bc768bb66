import Configuration
import Console
import DirectorService
import Glibc
import IPVS
import System
import TestKit

@testable import DirectorCommand

/// A machine of its own for the commands: a folder in the place of those of the system, and a kernel in memory.
final class Trial {
    /// What a program has said, and its exit status.
    struct Answer: Hashable {
        var status: Int32
        var output = ""
        var errors = ""
    }

    private final class Sink: ByteSink {
        var bytes: [UInt8] = []

        func write(_ bytes: [UInt8]) throws(SystemFailure) {
            self.bytes += bytes
        }
    }

    /// A folder that stands for `/run` and `/etc/ha.d` alike.
    let folder: TemporaryFolder
    let kernel = SimulatedKernel()
    /// What is said of a kernel that cannot be opened; nil when it can.
    var kernelError: IPVSError?
    /// Whether the kernel can be opened once its module is loaded.
    var hasModule = false
    /// Folders that do not exist; all others do.
    var missingFolders: Set<String> = []
    /// Why programs cannot be started, by their names.
    var programFaults: [String: String] = [:]
    /// The programs of which it was asked whether others than root could change them, each time.
    private(set) var riskQuestions: [Set<NamedProgram>] = []
    /// The answers to the questions of configurations.
    var answers: [NameQuestion: NameAnswer] = [:]
    /// The questions that were asked, each time.
    private(set) var questions: [Set<NameQuestion>] = []
    var stopLimit = Duration.seconds(60)
    /// The daemons that were started, and what starting one gives.
    private(set) var daemons: [DaemonOptions] = []
    /// The configurations that they were given, each as it was read.
    private(set) var handedOver: [ReadConfiguration?] = []
    var startStatus: Int32 = 0
    /// The words of the programs that wanted to be started anew by their paths.
    private(set) var callsByPath: [[String]] = []
    /// The words of the programs that wanted to become genhash.
    private(set) var digestWords: [[String]] = []
    /// What was done to the process before a daemon, and why that fails.
    private(set) var preparations: [ProcessPreparation] = []
    var preparationFailure: SystemFailure?
    /// Says what else commands find around them.
    var adjust: (inout DirectorEnvironment) -> Void = { _ in }
    /// Called when a daemon is started.
    var whenStarted: () -> Void = {}

    init() throws {
        folder = try TemporaryFolder()
    }

    /// The path of a file in the folder.
    func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    /// Writes a file into the folder and gives its path.
    @discardableResult
    func write(_ name: String, _ text: String) -> String {
        let file = folder.write(name, text)
        // A program is not read as a part of a configuration.
        chmod(file, 0o644)
        return file
    }

    /// Runs a program by its name and words; the folder's path in what it says becomes `@`.
    func run(_ arguments: String...) -> Answer {
        run(arguments)
    }

    func run(_ arguments: [String]) -> Answer {
        let (output, errors) = (Sink(), Sink())
        let answers = answers
        var environment = DirectorEnvironment(
            output: output,
            errors: errors,
            hostName: "director",
            processID: 4711,
            openKernel: { [unowned self] () throws(IPVSError) in
                if let kernelError { throw kernelError }
                return kernel
            },
            answers: { [unowned self] questions in
                self.questions.append(questions)
                return answers.filter { questions.contains($0.key) }
            },
            runDaemon: { [unowned self] options, read in
                daemons.append(options)
                handedOver.append(read)
                whenStarted()
                return startStatus
            }
        )
        environment.runAgainByPath = { [unowned self] in callsByPath.append($0) }
        environment.runGenhash = { [unowned self] words in
            digestWords.append(words)
            return 0
        }
        environment.prepare = { [unowned self] preparation in
            if preparationFailure == nil { preparations.append(preparation) }
            return preparationFailure
        }
        environment.programFaults = { [unowned self] programs in
            programs.reduce(into: [:]) { $0[$1] = programFaults[$1.name] }
        }
        environment.programRisks = { [unowned self] programs in
            riskQuestions.append(programs)
            return [:]
        }
        environment.hasFolder = { [unowned self] in !missingFolders.contains($0) }
        environment.loadModule = { [unowned self] in if hasModule { kernelError = nil } }
        environment.runtimeFolder = folder.path
        environment.configurationFolders = [folder.path, path("conf")]
        environment.stopLimit = stopLimit
        environment.routersSocket = path("vrrp")
        adjust(&environment)
        let status = DirectorCommand.run(arguments: arguments, environment: environment)
        return Answer(status: status, output: visible(output.bytes), errors: visible(errors.bytes))
    }

    private func visible(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).split(separator: folder.path, omittingEmptySubsequences: false)
            .joined(separator: "@")
    }
}
