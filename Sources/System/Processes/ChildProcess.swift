import CLinux
import Glibc
import Time

/// A program that runs beside the loop: checks of type external, commands of a director, the local `sendmail`.
///
/// It leads a process group of its own, which the signals that end it go to. The loop keeps it until it has ended.
package final class ChildProcess {
    /// The time between asking a program to end and ending it.
    package static let grace = Duration.seconds(1)

    private enum State {
        /// It is being loaded, or waits for its turn.
        case starting(ticket: Int)
        case running(process: pid_t, descriptor: Int32, Watch)
        case ended
    }

    /// The descriptors that its start needs.
    private struct Ends {
        var descriptors: [Int32] = []

        mutating func closeAll() {
            for descriptor in descriptors { close(descriptor) }
            descriptors = []
        }
    }

    private let loop: EventLoop
    private let grace: Duration
    private var state = State.ended
    private var ends = Ends()
    private var timer: LoopTimer?
    private var isTimedOut = false
    /// The signal that it was sent, or is to be sent once it runs.
    private var signal: Int32?
    private var output: CapturedOutput?
    private var errors: CapturedOutput?
    private var onEnd: ((Result<ProgramOutcome, StartFailure>) -> Void)?

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - timeout: the time after which it is told to end; nil for never.
    ///   - grace: the time after which it is ended when it has been told to end, and has not.
    ///   - onEnd: called once, in a turn of the loop after this: how it ended, or why it was not started.
    @discardableResult
    package init(
        on loop: EventLoop,
        _ command: ProgramCommand,
        timeout: Duration?,
        grace: Duration = ChildProcess.grace,
        onEnd: @escaping (Result<ProgramOutcome, StartFailure>) -> Void
    ) {
        self.loop = loop
        self.grace = grace
        self.onEnd = onEnd
        do throws(SystemFailure) {
            let order = try order(for: command)
            let ticket = try loop.starter.start(order) { self.started($0) }
            state = .starting(ticket: ticket)
        } catch {
            ends.closeAll()
            loop.at(loop.now) { self.tell(.failure(.means(error))) }
            return
        }
        guard let timeout else { return }
        timer = loop.at(loop.now + timeout) {
            self.isTimedOut = true
            self.askToEnd()
        }
    }

    /// Has the kernel keep how programs end, which it does not where whoever started this process ignored `SIGCHLD`.
    package static func keepEnds() {
        Glibc.signal(SIGCHLD, SIG_DFL)
    }

    /// Waits for children of this process that have ended and that are no programs of this loop: what programs leave
    /// behind becomes a child of the first process of a container.
    ///
    /// To be called whenever `SIGCHLD` arrives, in a process whose other children nobody else waits for.
    package static func waitForStrangers(on loop: EventLoop) {
        loop.starter.waitsForStrangers = true
        loop.starter.waitForStrangers()
    }

    /// Leaves the output of what ended programs have left running to somebody who outlives this process.
    package static func leaveOutputs(on loop: EventLoop) {
        loop.drain.leave()
    }

    /// Whether it has been loaded and runs.
    package var isRunning: Bool {
        if case .running = state { true } else { false }
    }

    /// Asks it to end by `SIGTERM`, and ends it when it has not after `grace`; harmless when it has ended.
    package func terminate() {
        guard onEnd != nil, signal == nil else { return }
        if let timer { loop.cancel(timer) }
        askToEnd()
    }

    /// Ends it and its group at once.
    package func end() {
        guard onEnd != nil else { return }
        signal = SIGKILL
        switch state {
        case .starting(let ticket): loop.starter.end(ticket)
        case .running(let process, _, _): kill(-process, SIGKILL)
        case .ended: break
        }
    }

    private func askToEnd() {
        signal = SIGTERM
        switch state {
        case .starting(let ticket):
            if loop.starter.withdraw(ticket) {
                state = .ended
                ends.closeAll()
                loop.at(loop.now) { self.tell(.failure(self.isTimedOut ? .standstill : .withdrawn)) }
            }
        case .running(let process, _, _): kill(-process, SIGTERM)
        case .ended: return
        }
        timer = loop.at(loop.now + grace) {
            self.timer = nil
            switch self.state {
            case .starting(let ticket):
                // A process that is being loaded ends as soon as its file system answers, for which nobody waits.
                self.loop.starter.end(ticket)
                self.tell(.failure(self.isTimedOut ? .standstill : .withdrawn))
            case .running(let process, _, _): kill(-process, SIGKILL)
            case .ended: break
            }
        }
    }

    // MARK: Start

    private func order(for command: ProgramCommand) throws(SystemFailure) -> StartOrder {
        let input = try command.input.map { bytes throws(SystemFailure) in try Self.file(of: bytes) }
        if let input { ends.descriptors.append(input) }
        var pipes: [Int32] = []
        if case .captured(let limit) = command.output {
            for stream in [\ChildProcess.output, \ChildProcess.errors] {
                let pipe = try Self.makePipe()
                self[keyPath: stream] = CapturedOutput(descriptor: pipe.reading, limit: limit)
                pipes.append(pipe.writing)
                ends.descriptors.append(pipe.writing)
            }
        }
        if case .inherited = command.output { pipes = [STDERR_FILENO] }
        return StartOrder(command, input: input, output: pipes.first, errors: pipes.last)
    }

    private func started(_ result: Result<pid_t, StartFailure>) {
        ends.closeAll()
        let process: pid_t
        switch result {
        case .failure(let failure):
            state = .ended
            return tell(.failure(failure))
        case .success(let number): process = number
        }
        let descriptor = clinux_pidfd_open(process, 0)
        do throws(SystemFailure) {
            guard descriptor >= 0 else { throw SystemFailure(call: "pidfd_open", number: errno) }
            try output?.begin(on: loop)
            try errors?.begin(on: loop)
            let watch = try loop.watch(descriptor, for: .readable) { _ in self.hasEnded() }
            state = .running(process: process, descriptor: descriptor, watch)
        } catch {
            // Without a watch nobody would notice its end, so it is ended now.
            kill(-process, SIGKILL)
            _ = loop.starter.wait(for: process)
            if descriptor >= 0 { close(descriptor) }
            state = .ended
            return tell(.failure(.means(error)))
        }
        // A start that was given up while it was loaded ends at once; one that was asked to end is asked again.
        if onEnd == nil { signal = SIGKILL }
        if let signal { kill(-process, signal) }
    }

    /// A file without a name that holds the bytes, read from its beginning.
    private static func file(of bytes: [UInt8]) throws(SystemFailure) -> Int32 {
        let descriptor = memfd_create("input", UInt32(MFD_CLOEXEC))
        guard descriptor >= 0 else { throw SystemFailure(call: "memfd_create", number: errno) }
        do throws(SystemFailure) {
            try Descriptor.write(bytes, to: descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        lseek(descriptor, 0, SEEK_SET)
        return descriptor
    }

    private static func makePipe() throws(SystemFailure) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw SystemFailure(call: "pipe2", number: errno) }
        // Our end alone does not block: programs rely on writes that take everything.
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        return (ends[0], ends[1])
    }

    // MARK: End

    private func hasEnded() {
        guard case .running(let process, let descriptor, let watch) = state else { return }
        // The number stays its own until it is waited for, so that the group it leaves behind can be ended by it.
        if signal != nil { kill(-process, SIGKILL) }
        let end = loop.starter.wait(for: process)
        loop.end(watch)
        close(descriptor)
        state = .ended
        tell(.success(ProgramOutcome(end, isTimedOut: isTimedOut)))
    }

    private func tell(_ result: Result<ProgramOutcome, StartFailure>) {
        if let timer { loop.cancel(timer) }
        timer = nil
        let said = (output: output?.end(on: loop) ?? [], errors: errors?.end(on: loop) ?? [])
        output = nil
        errors = nil
        let body = onEnd
        onEnd = nil
        body?(
            result.map {
                var outcome = $0
                (outcome.output, outcome.errors) = said
                return outcome
            }
        )
    }
}
