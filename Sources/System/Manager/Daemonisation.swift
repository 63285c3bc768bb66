import CLinux
import Glibc

/// The parting of a daemon from the terminal that it was started at.
///
/// Whoever started it waits until the daemon says how its start went.
package enum Daemonisation {
    /// Which of the two processes this is.
    package enum Side {
        /// The one that was started; the daemon's start has ended with that status.
        case starter(status: Int32)
        /// The daemon, which tells by `readiness` how its start went.
        case daemon(readiness: StartReport)
    }

    /// Forks twice; the daemon is in the root folder, in a session of its own that no terminal can join.
    ///
    /// Threads that look names up are given a moment to end: the daemon does not inherit them. Standard streams stay as they
    /// are until the start is reported.
    ///
    /// - Throws: `SystemFailure` of `pipe` or `fork`.
    package static func part() throws(SystemFailure) -> Side {
        awaitThreads()
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SystemFailure(call: "pipe", number: errno) }
        let (reading, writing) = (ends[0], ends[1])
        _ = fcntl(reading, F_SETFD, FD_CLOEXEC)
        _ = fcntl(writing, F_SETFD, FD_CLOEXEC)
        let child = fork()
        guard child >= 0 else {
            let number = errno
            close(reading)
            close(writing)
            throw SystemFailure(call: "fork", number: number)
        }
        guard child == 0 else {
            close(writing)
            defer { close(reading) }
            while waitpid(child, nil, 0) < 0, errno == EINTR {}
            return .starter(status: awaitReport(reading))
        }
        close(reading)
        setsid()
        let grandchild = fork()
        // Where the fork fails there is no report, and the starter reads the end of the pipe.
        guard grandchild == 0 else { _exit(grandchild < 0 ? 1 : 0) }
        chdir("/")
        return .daemon(readiness: StartReport(descriptor: writing))
    }

    /// Waits until this is the only thread, but no longer than two seconds.
    private static func awaitThreads() {
        for _ in 0..<200 {
            var status = stat()
            // A folder has two links more than there are folders in it.
            guard stat("/proc/self/task", &status) == 0, status.st_nlink > 3 else { return }
            poll(nil, 0, 10)
        }
    }

    /// The status that the daemon reports; 1 when it ended without a word.
    private static func awaitReport(_ descriptor: Int32) -> Int32 {
        var status: UInt8 = 1
        while read(descriptor, &status, 1) < 0, errno == EINTR {}
        return Int32(status)
    }
}

/// The way in which a daemon tells the process that started it how that went; nothing happens the second time.
package final class StartReport {
    private var descriptor: Int32

    /// Tells the reader of that pipe, which is closed afterwards; -1 tells nobody.
    package init(descriptor: Int32 = -1) {
        self.descriptor = descriptor
    }

    /// Tells the status with which the starter ends, and lets go of the terminal.
    package func tell(_ status: Int32) {
        guard descriptor >= 0 else { return }
        Self.letGo()
        try? Descriptor.write([UInt8(truncatingIfNeeded: status)], to: descriptor)
        close(descriptor)
        descriptor = -1
    }

    /// Leaves the telling to a process that was forked from this one; with `closesStreams` this one lets go of the terminal.
    package func leave(closesStreams: Bool) {
        if closesStreams { Self.letGo() }
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    private static func letGo() {
        let null = open("/dev/null", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard null >= 0 else { return }
        for stream in STDIN_FILENO...STDERR_FILENO { dup2(null, stream) }
        if null > STDERR_FILENO { close(null) }
    }
}
