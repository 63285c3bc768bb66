import Glibc

/// The processor time that this thread uses for something, whatever else the machine does meanwhile.
public func processorTime(_ body: () throws -> Void) rethrows -> Duration {
    let start = timeUsed()
    try body()
    return timeUsed() - start
}

private func timeUsed() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
