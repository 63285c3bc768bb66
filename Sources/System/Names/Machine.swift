import CLinux
import Glibc

/// What a program asks of the machine that it runs on.
package enum Machine {
    /// The name of the machine: `HOSTNAME` of the environment, as for the original, or else what the kernel has.
    package static var name: String {
        if let name = variable("HOSTNAME") { return name }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard let start = buffer.baseAddress, gethostname(start, buffer.count - 1) == 0 else { return "localhost" }
            buffer[buffer.count - 1] = 0
            return String(cString: start)
        }
    }

    /// The name of the user that the process runs as.
    package static var userName: String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var room = [CChar](repeating: 0, count: 4096)
        guard getpwuid_r(geteuid(), &entry, &room, room.count, &found) == 0, let name = found?.pointee.pw_name else {
            return "root"
        }
        return String(cString: name)
    }

    /// A variable of the environment; nil when it is not set or empty.
    static func variable(_ name: String) -> String? {
        guard let value = getenv(name) else { return nil }
        return value.pointee == 0 ? nil : String(cString: value)
    }

    /// The variables of this process, as `NAME=VALUE`.
    static var variables: [String] {
        var place = clinux_environment()
        var words: [String] = []
        while let variable = place.pointee {
            words.append(String(cString: variable))
            place += 1
        }
        return words
    }

    /// The variables of this process by their names; of several with one name the first, which `getenv` finds.
    package static var environment: [String: String] {
        let pairs = variables.compactMap { word in
            word.firstIndex(of: "=").map { (String(word[..<$0]), String(word[word.index(after: $0)...])) }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// The folder of files that nobody needs for long: `TMPDIR` of the environment, or `/tmp`.
    package static var temporaryFolder: String {
        guard let folder = variable("TMPDIR"), folder.hasPrefix("/") else { return "/tmp" }
        return folder
    }

    /// The time that processors spent for this process: for itself, and for the system on its behalf.
    package static var processorTime: (user: Duration, system: Duration) {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func duration(_ time: timeval) -> Duration { .seconds(time.tv_sec) + .microseconds(Int64(time.tv_usec)) }
        return (duration(usage.ru_utime), duration(usage.ru_stime))
    }

    /// The path with the folder in front that the process is in, unless it is absolute.
    package static func absolutePath(_ path: String) -> String {
        guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        let name = String(cString: folder)
        return name == "/" ? "/\(path)" : "\(name)/\(path)"
    }

    /// Whether a service manager waits to hear of this process, and starts it again should it die.
    package static var hasServiceManager: Bool { variable("NOTIFY_SOCKET") != nil }

    /// Whether a stream leads to the journal of systemd, which names it by `JOURNAL_STREAM=DEVICE:INODE`.
    package static func isJournal(_ descriptor: Int32) -> Bool {
        var status = stat()
        guard let stream = variable("JOURNAL_STREAM"), fstat(descriptor, &status) == 0 else { return false }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }

    /// Has all threads take memory from one place, so that what one gives back another can use.
    package static func shareMemory() {
        mallopt(M_ARENA_MAX, 1)
    }

    /// Has other threads come before the one that calls it, for the rest of its life, where processors are scarce.
    ///
    /// With Linux each thread has a nice value of its own.
    package static func letOthersFirst() {
        let thread = __priority_which_t(PRIO_PROCESS.rawValue)
        setpriority(thread, 0, getpriority(thread, 0) + 10)
    }

    /// Gives memory that nobody uses back to the kernel.
    package static func returnMemory() {
        malloc_trim(0)
    }
}
