import CLinux
import Glibc

/// What keeps a program from being started, as far as that can be seen without running it.
package enum ProgramLook {
    /// Why `execvp` would not start a program; nil where it would.
    ///
    /// - Parameter folder: the folder that a relative path begins in.
    package static func fault(of program: String, in folder: String = "/") -> String? {
        if program.isEmpty { return "no program is named" }
        if program.contains("/") { return fault(ofFile: path(program, in: folder)) }
        var first: String?
        for candidate in ProgramPath.candidates(for: program) {
            let file = path(candidate, in: folder)
            guard exists(file) else { continue }
            guard let fault = fault(ofFile: file) else { return nil }
            if first == nil { first = "\(file): \(fault)" }
        }
        return first ?? "not found in PATH, which is \(ProgramPath.folders.joined(separator: ":"))"
    }

    /// What the error of `execve` means for that program.
    static func refusal(of program: String, number: Int32) -> String {
        let words = words(number)
        switch number {
        case ENOENT, EACCES, ENOEXEC, ELIBBAD, ENOTDIR:
            guard let folder = workingFolder, let fault = fault(of: program, in: folder), fault != words else {
                return words
            }
            return "\(words): \(fault)"
        default: return words
        }
    }

    /// `ST_NOEXEC`, which the C library names for others only.
    private static let noExecution: UInt = 8

    // MARK: One file

    private static func fault(ofFile path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return words(errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: return "it is a directory"
        default: return "it is no regular file"
        }
        guard status.st_mode & 0o111 != 0 else {
            return "it is not executable (its mode is 0\(String(status.st_mode & 0o7777, radix: 8)))"
        }
        var fileSystem = statvfs()
        if statvfs(path, &fileSystem) == 0, fileSystem.f_flag & noExecution != 0 {
            return "it lies on a file system that is mounted noexec"
        }
        guard access(path, X_OK) == 0 else { return words(errno) }
        let head = head(of: path)
        if head.starts(with: [0x7f, UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "F")]) {
            let own = Self.head(of: "/proc/self/exe")
            // The size of addresses, the order of bytes, and the kind of processor.
            guard head.count > 20, own.count > 20, head[4...5] != own[4...5] || head[18...19] != own[18...19] else {
                return nil
            }
            return "it is made for another kind of machine"
        }
        if head.starts(with: [0xef, 0xbb, 0xbf, UInt8(ascii: "#"), UInt8(ascii: "!")]) {
            return "a byte order mark hides its #! line from the kernel, so that /bin/sh runs it"
        }
        return interpreter(in: head).flatMap { fault(ofInterpreter: $0.program, $0.argument) }
    }

    private static func fault(ofInterpreter program: String, _ argument: String) -> String? {
        if program.hasSuffix("\r") || argument.hasSuffix("\r") && isEnvironment(program) {
            return "its first line ends in a carriage return, "
                + "which the kernel takes for a part of the interpreter's name"
        }
        let path = path(program, in: "/")
        guard exists(path) else { return "its interpreter \(program): \(words(ENOENT))" }
        guard access(path, X_OK) == 0 else { return "its interpreter \(program): \(words(errno))" }
        // Without -S all that follows is one name.
        guard isEnvironment(program), let name = wanted(of: argument), !name.contains("/") else { return nil }
        let isFound = ProgramPath.candidates(for: name).contains { access($0, X_OK) == 0 }
        return isFound ? nil : "its interpreter \(name) is not found in PATH"
    }

    private static func isEnvironment(_ program: String) -> Bool {
        program == "/usr/bin/env" || program == "/bin/env"
    }

    /// The program that `env` is to run by the argument that the kernel gives it; nil where that is not so simple.
    private static func wanted(of argument: String) -> String? {
        guard argument.hasPrefix("-") else { return argument.isEmpty ? nil : argument }
        guard argument.hasPrefix("-S") else { return nil }
        let words = argument.dropFirst(2).split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard let first = words.first, !first.contains("="), !first.hasPrefix("-") else { return nil }
        return String(first)
    }

    /// The words of a `#!` line as the kernel takes them; nil where there is none, or no interpreter in it.
    private static func interpreter(in head: [UInt8]) -> (program: String, argument: String)? {
        guard head.starts(with: [UInt8(ascii: "#"), UInt8(ascii: "!")]) else { return nil }
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        let line = head.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") && $0 != 0 }.drop(while: isBlank)
        let program = line.prefix { !isBlank($0) }
        guard !program.isEmpty else { return nil }
        var argument = line[program.endIndex...].drop(while: isBlank)
        while let last = argument.last, isBlank(last) { argument.removeLast() }
        return (String(decoding: program, as: UTF8.self), String(decoding: argument, as: UTF8.self))
    }

    // MARK: Files

    private static func path(_ path: String, in folder: String) -> String {
        path.hasPrefix("/") ? path : folder == "/" ? "/\(path)" : "\(folder)/\(path)"
    }

    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0
    }

    /// The bytes of a file that the kernel looks at; none where it cannot be read.
    private static func head(of path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        return [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
            count = max(read(descriptor, buffer.baseAddress, buffer.count), 0)
        }
    }

    private static var workingFolder: String? {
        guard let folder = getcwd(nil, 0) else { return nil }
        defer { free(folder) }
        return String(cString: folder)
    }

    private static func words(_ number: Int32) -> String {
        SystemFailure(call: "", number: number).message
    }
}
