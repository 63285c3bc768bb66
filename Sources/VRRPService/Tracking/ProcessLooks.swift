import CLinux
import Failover
import Glibc
import System
import Time
import VRRP

/// Looks at the processes of the machine for trackers: all of them each second, by another thread, and at once when one of those that
/// count has ended or another one may have begun.
final class ProcessLooks {
    /// The time from one look to the next.
    private static let interval = Duration.seconds(1)
    /// The most processes whose ends are waited for; those of others are seen by the next look.
    private static let mostWatched = 256

    private let loop: EventLoop
    private let tell: (TrackedSubject, TrackedValue) -> Void
    private var kinds: [ProcessMatch] = []
    private var tally = ProcessTally([])
    private var watched: [Int32: WatchedProcess] = [:]
    private var connector: ProcessConnector?
    private var isLooking = false
    private var wantsLook = false
    private var timer: LoopTimer?
    private var tallyTimer: LoopTimer?
    /// Which kinds the looks that are under way are for.
    private var generation = 0

    /// Looks at nothing.
    ///
    /// - Parameter tell: is told what counts, in turns of the loop.
    init(on loop: EventLoop, tell: @escaping (TrackedSubject, TrackedValue) -> Void) {
        self.loop = loop
        self.tell = tell
    }

    /// Looks at processes of these kinds from now on.
    func follow(_ processes: [TrackedProcesses]) {
        kinds = processes.map { ProcessMatch($0) }
        tally.change(to: processes)
        generation += 1
        if processes.isEmpty {
            connector = nil
            watched = [:]
        } else if connector == nil {
            connector = try? ProcessConnector(on: loop) { [weak self] in self?.happened($0) }
        }
        plan(after: .zero)
    }

    private func plan(after pause: Duration) {
        if let timer { loop.cancel(timer) }
        timer = nil
        guard !kinds.isEmpty else { return }
        timer = loop.at(loop.now + pause) { [weak self] in
            self?.timer = nil
            self?.look()
        }
    }

    private func look() {
        guard !isLooking else {
            wantsLook = true
            return
        }
        isLooking = true
        wantsLook = false
        let (kinds, generation) = (kinds, generation)
        Background.begin(on: loop, { ProcessScan.processes(of: kinds) }) { [weak self] found in
            guard let self else { return }
            isLooking = false
            if generation == self.generation, let found = found ?? nil { take(found) }
            plan(after: wantsLook ? .zero : Self.interval)
        }
    }

    private func take(_ found: [[Int32]]) {
        let all = Set(found.joined())
        watched = watched.filter { all.contains($0.key) }
        for process in all where watched[process] == nil && watched.count < Self.mostWatched { wait(for: process) }
        say(tally.counted(found.map(\.count), at: loop.now))
    }

    private func say(_ values: [(TrackedSubject, TrackedValue)]) {
        for (subject, value) in values { tell(subject, value) }
        if let tallyTimer { loop.cancel(tallyTimer) }
        tallyTimer = tally.nextMoment.map { moment in
            loop.at(moment) { [weak self] in
                guard let self else { return }
                tallyTimer = nil
                say(tally.timePassed(at: loop.now))
            }
        }
    }

    // MARK: What happens between two looks

    private func wait(for process: Int32) {
        watched[process] = try? WatchedProcess(process, on: loop) { [weak self] in
            self?.watched[process] = nil
            self?.look()
        }
    }

    private func happened(_ matter: ProcessConnector.Matter) {
        switch matter {
        case .began(let process):
            guard let name = try? SystemFile.read("/proc/\(process)/comm", limit: 64) else { return }
            let short = name.last == UInt8(ascii: "\n") ? Array(name.dropLast()) : name
            let fits = kinds.contains { kind in
                kind.fits(short) { (try? SystemFile.read("/proc/\(process)/cmdline", limit: 1 << 16)) ?? [] }
            }
            if fits || watched[process] != nil { look() }
        case .lost: look()
        }
    }
}

/// A process whose end is waited for.
private final class WatchedProcess {
    private let loop: EventLoop
    private let descriptor: Descriptor
    private var watch: Watch?

    /// - Throws: `SystemFailure` of `pidfd_open` or `epoll_ctl`.
    init(_ process: Int32, on loop: EventLoop, ended: @escaping () -> Void) throws(SystemFailure) {
        self.loop = loop
        descriptor = try Descriptor(of: "pidfd_open", clinux_pidfd_open(process, 0))
        watch = try loop.watch(descriptor.number, for: .readable) { _ in ended() }
    }

    deinit {
        if let watch { loop.end(watch) }
    }
}
