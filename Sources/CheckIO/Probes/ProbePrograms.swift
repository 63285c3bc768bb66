import System

/// The programs of checks that have not ended, those told to end included.
final class ProbePrograms {
    /// By the order of their starts.
    private var programs: [Int: ChildProcess] = [:]
    private var lastNumber = 0

    var count: Int { programs.count }

    /// Starts the program of a check; `onEnd` is told as by `ChildProcess`.
    func start(
        on loop: EventLoop,
        _ command: ProgramCommand,
        grace: Duration,
        onEnd: @escaping (Result<ProgramOutcome, StartFailure>) -> Void
    ) -> ChildProcess {
        lastNumber += 1
        let number = lastNumber
        let program = ChildProcess(on: loop, command, timeout: nil, grace: grace) { [weak self] result in
            self?.programs[number] = nil
            onEnd(result)
        }
        programs[number] = program
        return program
    }

    /// Ends all at once.
    func end() {
        for program in programs.values { program.end() }
    }
}
