import CLinux
import Glibc
import HealthChecks

/// A program that runs beside the loop: checks of type external, commands of a director, the local `sendmail`.
///
/// It leads a process group of its own, which the signals that end it go to. The loop keeps it until it has ended.
package final class ChildProcess {
    /// The time between asking a program to end and ending it.
    package static let grace = Duration.seconds(1)

    private let loop: EventLoop
    private let process: pid_t
    private let descriptor: Int32
    private var endWatch: Watch?
    private var timer: LoopTimer?
    private var isTimedOut = false
    private var isAsked = false
    private var output: CapturedOutput?
    private var onEnd: ((ProgramOutcome) -> Void)?

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - timeout: the time after which it is told to end, and after one more second is ended; nil for never.
    ///   - onEnd: called once, in a turn of the loop after this.
    /// - Throws: `SystemFailure`: of `execve` when there is no such program or it may not be run; of others, or with
    ///   `isExhaustion`, when the director lacks the means.
    @discardableResult
    package init(
        on loop: EventLoop,
        _ command: ProgramCommand,
        timeout: Duration?,
        onEnd: @escaping (ProgramOutcome) -> Void
    ) throws(SystemFailure) {
        self.loop = loop
        let input = try command.input.map { bytes throws(SystemFailure) in try Self.file(of: bytes) }
        defer { if let input { close(input) } }
        var pipe: (reading: Int32, writing: Int32)?
        if case .captured(let limit) = command.output {
            let ends = try Self.makePipe()
            pipe = ends
            output = CapturedOutput(descriptor: ends.reading, limit: limit)
        }
        defer { if let pipe { close(pipe.writing) } }
        process = try Spawn.start(command, input: input, output: pipe?.writing)
        descriptor = clinux_pidfd_open(process, 0)
        self.onEnd = onEnd
        do throws(SystemFailure) {
            guard descriptor >= 0 else { throw SystemFailure(call: "pidfd_open", number: errno) }
            try output?.begin(on: loop)
            endWatch = try loop.watch(descriptor, for: .readable) { _ in self.hasEnded() }
        } catch {
            // Nobody would notice its end.
            kill(-process, SIGKILL)
            while waitpid(process, nil, 0) < 0, errno == EINTR {}
            output?.end(on: loop)
            if descriptor >= 0 { close(descriptor) }
            throw error
        }
        if let timeout {
            timer = loop.at(loop.now + timeout) {
                self.isTimedOut = true
                self.askToEnd()
            }
        }
    }

    /// Has the kernel keep how programs end, which it does not where whoever started this process ignored `SIGCHLD`.
    package static func keepEnds() {
        signal(SIGCHLD, SIG_DFL)
    }

    /// Asks it to end by `SIGTERM`, and ends it when it has not after `grace`; harmless when it has ended.
    package func terminate() {
        guard onEnd != nil, !isAsked else { return }
        if let timer { loop.cancel(timer) }
        askToEnd()
    }

    /// Ends it and its group at once.
    package func end() {
        guard onEnd != nil else { return }
        isAsked = true
        kill(-process, SIGKILL)
    }

    private func askToEnd() {
        isAsked = true
        kill(-process, SIGTERM)
        timer = loop.at(loop.now + Self.grace) {
            self.timer = nil
            kill(-self.process, SIGKILL)
        }
    }

    private func hasEnded() {
        // Until it is waited for, its number is nobody else's: what it leaves behind can be ended by it.
        if isAsked { kill(-process, SIGKILL) }
        let end = Self.awaitEnd(of: process)
        if let endWatch { loop.end(endWatch) }
        endWatch = nil
        close(descriptor)
        if let timer { loop.cancel(timer) }
        timer = nil
        let bytes = output?.end(on: loop) ?? []
        let outcome = ProgramOutcome(end, isTimedOut: isTimedOut, output: bytes)
        let body = onEnd
        onEnd = nil
        body?(outcome)
    }

    private static func awaitEnd(of process: pid_t) -> ProgramOutcome.End {
        var status: Int32 = 0
        while true {
            let found = waitpid(process, &status, 0)
            if found == process { return ProgramOutcome.End(waitStatus: status) }
            guard found < 0, errno == EINTR else { return .untold }
        }
    }

    /// A file without a name that holds the bytes, read from its beginning.
    private static func file(of bytes: [UInt8]) throws(SystemFailure) -> Int32 {
        let descriptor = memfd_create("input", UInt32(MFD_CLOEXEC))
        guard descriptor >= 0 else { throw SystemFailure(call: "memfd_create", number: errno) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let number = errno
                close(descriptor)
                throw SystemFailure(call: "write", number: number)
            }
            rest = rest.dropFirst(count)
        }
        lseek(descriptor, 0, SEEK_SET)
        return descriptor
    }

    private static func makePipe() throws(SystemFailure) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw SystemFailure(call: "pipe2", number: errno) }
        // Only our end: the program may not expect that its output cannot take everything at once.
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        return (ends[0], ends[1])
    }
}
