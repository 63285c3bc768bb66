import Failover
import System

/// A look at all processes, which takes as long as there are many: done by a thread of its own.
enum ProcessScan {
    /// The most bytes of a command line that are compared.
    private static let longestLine = 1 << 16

    /// The processes of each kind, in the order of the kinds; nil where the processes cannot be looked at.
    static func processes(of kinds: [ProcessMatch], in folder: String = "/proc") -> [[Int32]]? {
        guard case .names(let names) = FolderListing(of: folder) else { return nil }
        var found = [[Int32]](repeating: [], count: kinds.count)
        for process in names.compactMap({ Int32($0) }) {
            guard var name = try? SystemFile.read("\(folder)/\(process)/comm", limit: 64) else { continue }
            if name.last == UInt8(ascii: "\n") { name.removeLast() }
            var line: [UInt8]?
            for (place, kind) in kinds.enumerated() {
                let fits = kind.fits(name) {
                    let read = line ?? (try? SystemFile.read("\(folder)/\(process)/cmdline", limit: longestLine)) ?? []
                    line = read
                    return read
                }
                // What has ended and was not waited for has no command line, and runs no more.
                if fits, kind.needsCommandLine || !isOver(process, in: folder) { found[place].append(process) }
            }
        }
        return found
    }

    private static func isOver(_ process: Int32, in folder: String) -> Bool {
        guard let text = SystemFile.text("\(folder)/\(process)/stat"), let end = text.lastIndex(of: ")") else {
            return true
        }
        let state = text[text.index(after: end)...].split(separator: " ").first
        return state == "Z" || state == "X"
    }
}
