import CheckIO
package import Configuration
package import Console
package import DirectorService
package import IPVS
package import Links
import LinksNetlink
package import System

/// All that the commands of a director have to do with the machine they run on.
package struct DirectorEnvironment {
    /// Where answers go.
    package var output: any ByteSink
    /// Where complaints go.
    package var errors: any ByteSink
    /// Makes the handle on the kernel.
    package var openKernel: () throws(IPVSError) -> any IPVSKernel
    /// What the machine has of links, addresses, and of the routes and rules of some makers.
    package var links: (Set<UInt8>) throws(LinksError) -> LinksSnapshot = { makers throws(LinksError) in
        try NetlinkLinks().look(.all, makers: makers)
    }
    /// Tries to load the kernel's module.
    package var loadModule: () -> Void = {}
    /// Resolves names.
    package var answers: (Set<NameQuestion>) -> [NameQuestion: NameAnswer]
    /// Whether a path leads to a folder.
    package var hasFolder: (String) -> Bool = SystemFile.isFolder
    /// Why those of the programs that a configuration names cannot be started that cannot.
    ///
    /// A file system that does not answer keeps nobody from starting: what is not known in time is not said.
    package var programFaults: (Set<NamedProgram>) -> [NamedProgram: String] = MachineLook.programFaults
    /// What lets others than root change those of the programs that they can change, known in the same time.
    package var programRisks: (Set<NamedProgram>) -> [NamedProgram: String] = MachineLook.programRisks
    /// The numbers of the users that a configuration names.
    package var accounts: (Set<AccountQuestion>) -> [AccountQuestion: AccountAnswer] = MachineLook.accounts
    /// Runs a daemon, by its configuration as it was read where that is known, which may go on in the background; gives the exit status of the program that was started.
    package var runDaemon: (DaemonOptions, consuming ReadConfiguration?) -> Int32
    /// Does to this process what its command line or its configuration asks for; gives why that failed.
    package var prepare: (ProcessPreparation) -> SystemFailure? = { _ in nil }
    /// Makes a folder, and those above it, where there is none.
    package var makeFolder: (String) -> Void = { SystemFile.makeFolder($0) }
    /// The socket of the process of the virtual routers that a service manager runs.
    package var routersSocket = RoutersPlaces.unitSocket
    /// The program of that process; nil where there is none.
    package var routersProgram: String?
    /// Makes the loop in which a command waits for answers.
    package var makeLoop: () throws(SystemFailure) -> EventLoop = { () throws(SystemFailure) in try EventLoop() }
    /// Becomes the program `genhash` with those words; the exit status where that is not possible.
    package var runGenhash: ([String]) -> Int32 = { _ in 1 }
    /// Starts the program anew with its path for the first of its words, if that is its name alone.
    package var runAgainByPath: ([String]) -> Void = { _ in }
    /// The name of this host, for the logins that some checks use by default.
    package var hostName: String
    /// The number of this process, for messages.
    package var processID: Int32
    /// The command that is run for the configurations that are started with another.
    package var companionCommand = "/usr/sbin/ldirectord"
    /// The folder of PID files, status files and locks.
    package var runtimeFolder = "/var/run"
    /// The folders in which a configuration of the command `ldirectord` is looked for.
    package var configurationFolders = ["/etc/ha.d", "/etc/ha.d/conf"]
    /// How long a daemon is waited for that was told to stop.
    package var stopLimit = Duration.seconds(30)
    /// How long a daemon is waited for that was told to reload.
    package var reloadLimit = Duration.seconds(60)

    /// Makes an environment with the folders and limits of a real machine.
    package init(
        output: any ByteSink,
        errors: any ByteSink,
        hostName: String,
        processID: Int32,
        openKernel: @escaping () throws(IPVSError) -> any IPVSKernel,
        answers: @escaping (Set<NameQuestion>) -> [NameQuestion: NameAnswer],
        runDaemon: @escaping (DaemonOptions, consuming ReadConfiguration?) -> Int32
    ) {
        self.output = output
        self.errors = errors
        self.hostName = hostName
        self.processID = processID
        self.openKernel = openKernel
        self.answers = answers
        self.runDaemon = runDaemon
    }
}

extension DirectorEnvironment {
    /// The kernel, whose module is loaded if it is missing.
    func loadedKernel() throws(IPVSError) -> any IPVSKernel {
        do {
            return try answeringKernel()
        } catch .unavailable {
            loadModule()
            return try answeringKernel()
        }
    }

    private func answeringKernel() throws(IPVSError) -> any IPVSKernel {
        let kernel = try openKernel()
        _ = try kernel.information()
        return kernel
    }

    /// Where virtual routers of an instance are found or started; nil where their program is missing.
    ///
    /// - Parameter folder: the folder of the instance's files.
    func routers(of instance: String, in folder: String) -> RoutersPlaces? {
        routersProgram.map {
            RoutersPlaces(unit: routersSocket, own: "\(folder)/\(RoutersPlaces.ownPrefix)\(instance)", program: $0)
        }
    }

    /// The options of a daemon for a configuration, before the command line changes them.
    func options(for instance: LdirectordInstance, configuration: String) -> DaemonOptions {
        var options = DaemonOptions(configuration: Machine.absolutePath(configuration), instance: instance.name)
        options.pidFile = instance.pidFile(in: runtimeFolder)
        options.stateFolder = runtimeFolder
        options.companionCommand = [companionCommand]
        options.routers = routers(of: instance.name, in: runtimeFolder)
        return options
    }
}
