import Configuration
import System

/// The files whose numbers virtual routers track.
final class NumberedFiles {
    private struct Entry {
        let file: NumberedFile
        let watch: NumberWatch
    }

    private let loop: EventLoop
    private let onNumber: (_ name: String, _ number: Int) -> Void
    private var entries: [String: Entry] = [:]
    /// The files that were given their beginning, which they get once.
    private var begun: Set<NumberedFile> = []

    /// Makes a follower of no files; `onNumber` is called in turns of the loop.
    init(on loop: EventLoop, onNumber: @escaping (_ name: String, _ number: Int) -> Void) {
        self.loop = loop
        self.onNumber = onNumber
    }

    /// Follows these files from now on, and no others.
    func change(to files: [NumberedFile]) {
        let former = entries
        entries = [:]
        for file in files where entries[file.name] == nil {
            if let entry = former[file.name], entry.file == file {
                entries[file.name] = entry
            } else {
                entries[file.name] = Entry(file: file, watch: watch(file))
            }
        }
    }

    /// The number of each file of which it is known.
    var numbers: [String: Int] { entries.compactMapValues { $0.watch.number.map(Int.init) } }

    private func watch(_ file: NumberedFile) -> NumberWatch {
        let beginning = begun.insert(file).inserted ? file.file.beginning : nil
        let name = file.name
        return NumberWatch(
            on: loop,
            path: file.file.path,
            beginning: beginning.map { ($0.value, $0.overwrites) }
        ) { [weak self] number in
            guard self?.entries[name]?.file == file else { return }
            self?.onNumber(name, Int(number))
        }
    }
}
