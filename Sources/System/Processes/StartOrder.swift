import CLinux
import Glibc

/// All that a thread needs to start a program: `vfork` and what `execvp` does.
struct StartOrder: Sendable {
    /// The program as it was named.
    let program: String
    let arguments: [String]
    /// The paths to try, one after the other.
    let paths: [String]
    /// The whole environment, as `NAME=VALUE`.
    let environment: [String]
    /// What becomes its standard input; nil for `/dev/null`.
    let input: Int32?
    /// What become its standard output and errors; nil for `/dev/null`.
    let output: Int32?
    let errors: Int32?
    /// The numbers of the user and the group that it runs as; nil for those of this process.
    private let account: ProgramCommand.Account?
    private let owner: ProgramOwner?
    private let guarded: Set<String>
    private let isDetached: Bool
    private let limit = DescriptorLimit.original

    init(_ command: ProgramCommand, input: Int32?, output: Int32?, errors: Int32?) {
        program = command.program
        arguments = command.arguments
        paths = ProgramPath.candidates(for: command.program)
        isDetached = command.isDetached
        environment = Self.environment(with: command.environment, isDetached: command.isDetached)
        account = command.account
        owner = command.owner
        guarded = command.guarded
        self.input = input
        self.output = output
        self.errors = errors
    }

    /// Starts the program in a process group of its own, and returns when it is loaded.
    ///
    /// It has default signals, none of the caller's descriptors, and the limit of them that the caller was started with.
    ///
    /// - Parameter cell: has the number of the process from before it is loaded, which is that of its group too.
    func carryOut(_ cell: StartCell) throws(StartFailure) {
        let account = try ownAccount()
        let numbers = account.map { [$0.user, $0.group] }
        if !guarded.isEmpty, account?.user ?? geteuid() == 0,
            let weakness = guarded.lazy.compactMap({ ProgramTrust.weakness(of: $0) }).first
        {
            throw .refused(EPERM, "root does not run it, since \(weakness.text)")
        }
        let number = Self.withCStrings(paths) { paths in
            Self.withCStrings([program] + arguments) { words in
                Self.withCStrings(["/bin/sh", ""] + arguments) { shellWords in
                    Self.withCStrings(environment) { variables in
                        // The child puts the path of the file into this place.
                        let path = shellWords[1]
                        defer { shellWords[1] = path }
                        return clinux_spawn(
                            cell.pointer,
                            paths,
                            words,
                            shellWords,
                            variables,
                            input ?? -1,
                            output ?? -1,
                            errors ?? -1,
                            UInt64(limit.rlim_cur),
                            UInt64(limit.rlim_max),
                            numbers,
                            isDetached ? 1 : 0
                        )
                    }
                }
            }
        }
        if number > 0 { throw .noProcess(SystemFailure(call: "vfork", number: number)) }
        if number < 0 { throw .refused(-number, ProgramLook.refusal(of: program, number: -number)) }
    }

    /// Who it is to run as; nil where that is who this process is.
    private func ownAccount() throws(StartFailure) -> ProgramCommand.Account? {
        guard let owner else { return account }
        do throws(ProgramOwner.Unknown) {
            let account = try owner.account()
            // Only root may leave its groups, and whoever is that user already has nothing to change.
            return account.user == geteuid() && account.group == getegid() && account.user != 0 ? nil : account
        } catch {
            throw .refused(EINVAL, error.text)
        }
    }

    /// The variables of this process, with others added or in their place.
    private static func environment(with variables: [String: String], isDetached: Bool) -> [String] {
        let words = Machine.variables.filter { word in
            let name = String(word.prefix { $0 != "=" })
            return variables[name] == nil && !(isDetached && OwnVariables.contains(name))
        }
        return words + variables.map { "\($0.key)=\($0.value)" }
    }

    private static func withCStrings<Result>(
        _ words: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let pointers = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: words.count + 1)
        for (index, word) in words.enumerated() { (pointers + index).initialize(to: strdup(word)) }
        (pointers + words.count).initialize(to: nil)
        defer {
            for index in words.indices { free(pointers[index]) }
            pointers.deallocate()
        }
        return body(pointers)
    }
}
