import CLinux
import Glibc

/// `posix_spawn` as this project starts programs.
enum Spawn {
    /// Starts a program in a process group of its own, with default signals and without the caller's descriptors.
    ///
    /// - Parameters:
    ///   - input: what becomes its standard input; nil for `/dev/null`.
    ///   - output: what becomes its standard output and errors; nil for `/dev/null`.
    /// - Returns: its process number, which is that of its group too.
    /// - Throws: `SystemFailure` of `posix_spawn`: `ENOENT` and `EACCES` tell of the program.
    static func start(_ command: ProgramCommand, input: Int32?, output: Int32?) throws(SystemFailure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in [(STDIN_FILENO, input), (STDOUT_FILENO, output), (STDERR_FILENO, output)] {
            if let descriptor {
                posix_spawn_file_actions_adddup2(&actions, descriptor, number)
            } else {
                let access = number == STDIN_FILENO ? O_RDONLY : O_WRONLY
                posix_spawn_file_actions_addopen(&actions, number, "/dev/null", access, 0)
            }
        }
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var process = pid_t()
        let number = withCStrings([command.program] + command.arguments) { words in
            guard !command.environment.isEmpty else {
                return posix_spawn(&process, command.program, &actions, &attributes, words, clinux_environment())
            }
            return withCStrings(environment(with: command.environment)) { variables in
                posix_spawn(&process, command.program, &actions, &attributes, words, variables)
            }
        }
        guard number == 0 else { throw SystemFailure(call: "posix_spawn", number: number) }
        return process
    }

    /// The variables of this process, as `NAME=VALUE`, with others added or in their place.
    private static func environment(with variables: [String: String]) -> [String] {
        var place = clinux_environment()
        var words: [String] = []
        while let variable = place.pointee {
            let word = String(cString: variable)
            if variables[String(word.prefix { $0 != "=" })] == nil { words.append(word) }
            place += 1
        }
        return words + variables.map { "\($0.key)=\($0.value)" }
    }

    private static func withCStrings<Result>(
        _ words: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers)
    }
}
