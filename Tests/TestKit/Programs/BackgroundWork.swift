import Glibc

/// Something that is done on a thread of its own, so that it may block and may change its namespace.
public final class BackgroundWork<Result> {
    private let outcome = Outcome()
    private var thread: pthread_t?

    /// Starts a thread that runs `body`.
    ///
    /// - Throws: `Namespace.Failure` when there is no thread to be had.
    public init(_ body: @escaping () throws -> Result) throws {
        let outcome = outcome
        let start = Unmanaged.passRetained(Start { outcome.result = Swift.Result(catching: body) })
        var thread = pthread_t()
        let number = pthread_create(
            &thread,
            nil,
            { argument in
                if let argument { Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            },
            start.toOpaque()
        )
        guard number == 0 else {
            start.release()
            throw Namespace.Failure(step: "pthread_create", number: number)
        }
        self.thread = thread
    }

    deinit {
        if let thread { pthread_detach(thread) }
    }

    /// Waits for the end of the work and returns what came of it.
    public func finish() throws -> Result {
        if let thread { pthread_join(thread, nil) }
        thread = nil
        guard let result = outcome.result else { throw Namespace.Failure(step: "thread", number: ECANCELED) }
        return try result.get()
    }

    /// What came of it, once the thread has ended.
    private final class Outcome {
        var result: Swift.Result<Result, any Error>?
    }
}

/// What a thread is to do, in a form that fits through the pointer that the C library hands to it.
private final class Start {
    let run: () -> Void

    init(run: @escaping () -> Void) {
        self.run = run
    }
}
