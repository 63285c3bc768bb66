import Configuration
import Dialogues
import HealthChecks
import System

/// The files whose numbers weigh on servers: each watched once, its number told as a result of all checks that it is.
final class TrackedFiles {
    private struct Entry {
        let watch: NumberWatch
        /// In the order in which they are told.
        let checks: [ScheduledCheck]
        let members: Set<ScheduledCheck>

        init(_ watch: NumberWatch, _ checks: [ScheduledCheck]) {
            self.watch = watch
            self.checks = checks
            members = Set(checks)
        }
    }

    private let loop: EventLoop
    private let onResult: (ScheduledCheck, CheckResult) -> Void
    private var entries: [TrackedFile: Entry] = [:]
    /// The files that were given their beginning, which they get once.
    private var begun: Set<TrackedFile> = []

    /// Makes a follower of no files; `onResult` is called in turns of the loop.
    init(on loop: EventLoop, onResult: @escaping (ScheduledCheck, CheckResult) -> Void) {
        self.loop = loop
        self.onResult = onResult
    }

    /// Follows the files of these checks from now on, and no others; all of them are told what is known of their files.
    ///
    /// A check that was there before may count for other servers now, or mean something else by the same number.
    func replace(with checks: [ScheduledCheck]) {
        var wanted: [TrackedFile: [ScheduledCheck]] = [:]
        for check in checks {
            guard case .file(let file) = check.check.method else { continue }
            wanted[file, default: []].append(check)
        }
        let former = entries
        entries = wanted.reduce(into: [:]) { entries, item in
            let (file, checks) = item
            let watch = former[file]?.watch ?? watch(file)
            entries[file] = Entry(watch, checks)
            guard let number = watch.number else { return }
            for check in checks {
                loop.at(loop.now) { [weak self] in self?.tell(number, of: file, to: check) }
            }
        }
    }

    private func watch(_ file: TrackedFile) -> NumberWatch {
        let beginning = begun.insert(file).inserted ? file.beginning : nil
        return NumberWatch(
            on: loop,
            path: file.path,
            beginning: beginning.map { ($0.value, $0.overwrites) }
        ) { [weak self] number in
            for check in self?.entries[file]?.checks ?? [] { self?.tell(number, of: file, to: check) }
        }
    }

    private func tell(_ number: Int32, of file: TrackedFile, to check: ScheduledCheck) {
        guard entries[file]?.members.contains(check) == true else { return }
        onResult(check, CheckResult(.up, .file(number), text: "\(file.path) has \(number)"))
    }
}
