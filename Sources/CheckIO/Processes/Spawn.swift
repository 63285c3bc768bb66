import CLinux
import Glibc

/// The way in which this project starts programs: `vfork` and `execve`.
enum Spawn {
    /// Starts a program in a process group of its own, with default signals, without the caller's descriptors, and
    /// with the limit of them that the caller was started with.
    ///
    /// - Parameters:
    ///   - input: what becomes its standard input; nil for `/dev/null`.
    ///   - output: what becomes its standard output and errors; nil for `/dev/null`.
    /// - Returns: its process number, which is that of its group too.
    /// - Throws: `SystemFailure` of `execve`: `ENOENT` and `EACCES` tell of the program.
    static func start(_ command: ProgramCommand, input: Int32?, output: Int32?) throws(SystemFailure) -> pid_t {
        var process = pid_t()
        let limit = DescriptorLimit.original
        let (soft, hard) = (UInt64(limit.rlim_cur), UInt64(limit.rlim_max))
        let (program, input, output) = (command.program, input ?? -1, output ?? -1)
        let start = { (words: [UnsafeMutablePointer<CChar>?], variables: UnsafePointer<UnsafeMutablePointer<CChar>?>) in
            clinux_spawn(&process, program, words, variables, input, output, soft, hard)
        }
        let number = withCStrings([program] + command.arguments) { words in
            guard !command.environment.isEmpty else { return start(words, clinux_environment()) }
            return withCStrings(environment(with: command.environment)) { start(words, $0) }
        }
        guard number == 0 else { throw SystemFailure(call: "execve", number: number) }
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
