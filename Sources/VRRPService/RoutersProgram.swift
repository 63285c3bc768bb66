import CLinux
import Failover
import Glibc
import System
import VRRP
import VRRPControl
import VRRPIO

/// The program `directrix-vrrp`.
package enum RoutersProgram {
    private static let name = "directrix-vrrp"

    /// The statuses that it ends with.
    package enum Status {
        package static let success: Int32 = 0
        /// It cannot do its work here.
        package static let failure: Int32 = 1
        /// The command line is wrong.
        package static let usage: Int32 = 2
    }

    package static let help = """
        usage: directrix-vrrp [OPTION]...
               directrix-vrrp sweep [OPTION]...

        Runs the virtual routers of this machine (VRRP). A director tells it which: `directrix run` starts both. Without a
        director it goes on with what was in force last since the machine booted.

          --folder DIR      where it keeps what outlives it, and listens (/run/directrix-vrrp)
          --user USER       the user that a process of root becomes, with CAP_NET_ADMIN and CAP_NET_RAW alone (nobody)
          --pair NUMBER     an inherited descriptor: one end of a socket pair, the other end of which the director has
          --routers FILE    virtual routers in the encoding of the line to the director, - for standard input; read again
                            at SIGHUP
          --help            this text

        sweep removes the addresses, routes, rules and interfaces that a process left behind which is gone for good.

        Exit status: 0 after an end in order, 1 when it cannot run here, 2 for wrong usage.

        """

    /// Runs the program with the words of its command line, its own name first.
    ///
    /// - Returns: the status to end with.
    package static func run(_ words: [String]) -> Int32 {
        let options: RoutersOptions
        do throws(RoutersOptions.Mistake) {
            options = try RoutersOptions(words.dropFirst())
        } catch {
            return fail("\(error.text); see \(name) --help", Status.usage)
        }
        switch options.command {
        case .help:
            write(help, to: STDOUT_FILENO)
            return Status.success
        case .sweep: return sweep(options)
        case .run: return serve(options, words)
        }
    }

    private static func write(_ text: String, to descriptor: Int32) {
        try? Descriptor.write(Array(text.utf8), to: descriptor)
    }

    private static func fail(_ text: String, _ status: Int32 = Status.failure) -> Int32 {
        write("\(name): \(text)\n", to: STDERR_FILENO)
        return status
    }

    // MARK: Running

    private static func serve(_ options: RoutersOptions, _ words: [String]) -> Int32 {
        guard let boot = BootIdentity.current else {
            return fail("the kernel does not tell which run of the machine it is")
        }
        // The program that is installed when it is asked to begin again, and not this one, which may be gone by then.
        let path = SystemFile.linkTarget("/proc/self/exe") ?? words.first ?? name
        SignalDescriptor.block([SIGTERM, SIGINT, SIGHUP, SIGXCPU])
        let starter = geteuid()
        do {
            let account = try Privileges.account(of: options.user)
            // While it still may, for the file can be one that root alone can read.
            let read = options.routers.map { file in Result { try routers(in: file) } }
            let hasTurns = ProcessSettings.raiseLimits()
            let folder = try RuntimeFolder(options.folder, boot: boot, account: account)
            try Privileges.reduce(to: account, keepsTurns: !hasTurns)
            let set = try read.flatMap { try begin(with: $0, or: folder) }
            let lock: FileLock
            do throws(FileLock.Refusal) {
                lock = try FileLock(at: folder.lockPath)
            } catch {
                switch error {
                case .held(let note):
                    return fail("\(options.folder) is in use by the process \(note.prefix { $0 != "\n" })")
                case .unusable(let failure):
                    let hint =
                        failure.number == EACCES ? "; \(options.user) does not get through the folders above" : ""
                    return fail("\(folder.lockPath): \(failure.message)\(hint)")
                }
            }
            lock.leave(note: "\(getpid())\n")
            let end = try serve(options, folder, boot, set, users: [0, starter])
            guard end == .restart else {
                lock.remove()
                return Status.success
            }
            return fail("\(path) cannot be run: \(ProgramReplacement.run(path, words))")
        } catch {
            return fail("\(error)")
        }
    }

    /// The routers of a file; nil where it cannot be read and those that were in force last are known, which then go on.
    private static func begin(with read: Result<RouterSet, any Error>, or folder: RuntimeFolder) throws -> RouterSet? {
        switch read {
        case .success(let set):
            guard let objection = set.objection else { return set }
            throw Objection(description: objection)
        case .failure(let error):
            guard folder.configuration != nil else { throw error }
            ServiceLog.write("\(name): what was in force last goes on, for the routers cannot be read: \(error)\n")
            return nil
        }
    }

    /// Why virtual routers cannot be put into force.
    private struct Objection: Error, CustomStringConvertible {
        let description: String
    }

    private static func serve(
        _ options: RoutersOptions,
        _ folder: RuntimeFolder,
        _ boot: BootIdentity,
        _ set: RouterSet?,
        users: Set<UInt32>
    ) throws -> RunningRouters.End {
        let loop = try EventLoop()
        let running = try RunningRouters(on: loop, folder: folder, boot: boot, notifier: .fromEnvironment())
        let signals = try SignalDescriptor([SIGTERM, SIGINT, SIGHUP, SIGXCPU])
        let watch = try loop.watch(signals.descriptor, for: .readable) { _ in
            while let signal = signals.next() {
                switch signal {
                case SIGHUP: reload(running, options)
                case SIGXCPU: running.computedTooLong()
                default: running.finish(.stopped)
                }
            }
        }
        try running.begin(set, users: users, inherited: options.pair)
        Machine.returnMemory()
        defer { loop.end(watch) }
        return try running.run()
    }

    private static func reload(_ running: RunningRouters, _ options: RoutersOptions) {
        guard let file = options.routers, file != "-" else { return }
        do {
            if let refusal = running.configure(try routers(in: file)) {
                ServiceLog.write("\(name): \(file): \(refusal)\n")
            }
        } catch {
            ServiceLog.write("\(name): \(file): \(error)\n")
        }
    }

    private static func routers(in file: String) throws -> RouterSet {
        let bytes =
            file == "-"
            ? try Descriptor.read(STDIN_FILENO, limit: ControlEnd.longestText)
            : try SystemFile.read(file, limit: ControlEnd.longestText)
        return try KeyedText.value(RouterSet.self, from: bytes)
    }

    // MARK: Sweeping

    private static func sweep(_ options: RoutersOptions) -> Int32 {
        guard let boot = BootIdentity.current else {
            return fail("the kernel does not tell which run of the machine it is")
        }
        do {
            let account = try Privileges.account(of: options.user)
            let folder = try RuntimeFolder(options.folder, boot: boot, account: account)
            try Privileges.reduce(to: account)
            let lock: FileLock
            do throws(FileLock.Refusal) {
                lock = try FileLock(at: folder.lockPath)
            } catch {
                return fail("\(options.folder) is in use: \(error)")
            }
            defer { lock.remove() }
            let left = try Sweep.run(folder)
            return left.isEmpty ? Status.success : fail("not removed: \(left.joined(separator: ", "))")
        } catch {
            return fail("\(error)")
        }
    }
}
