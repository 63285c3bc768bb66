import CLinux
import Glibc

/// Whether work on eight times as much takes eight times the processor time, or so: what grows with the square takes
/// sixty-four times as much, on any machine.
public func growsInProportion(_ work: (_ portions: Int) throws -> Void) rethrows -> Bool {
    let short = try processorTime { try work(1) }
    let long = try processorTime { try work(8) }
    // What is over at once says nothing of the rest.
    return long < max(short, .milliseconds(10)) * 32
}

/// The processor time that this thread uses for something, whatever else the machine does meanwhile.
private func processorTime(_ body: () throws -> Void) rethrows -> Duration {
    let start = timeUsed()
    try body()
    return timeUsed() - start
}

private func timeUsed() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
