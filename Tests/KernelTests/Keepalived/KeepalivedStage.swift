import Glibc
import TestKit

/// A network namespace in which one keepalived plays a scenario.
final class KeepalivedStage {
    private let director: PlayedDirector
    private let stage: DirectorStage
    private let reader: StartedProgram
    /// How many lines of the FIFO earlier steps have looked at.
    private var readCount = 0

    private var folder: TemporaryFolder { stage.folder }

    /// Prepares the namespace of the calling thread.
    init(_ director: PlayedDirector) throws {
        self.director = director
        stage = try DirectorStage(configuration: "keepalived.conf")
        let path = stage.folder.path
        // Held open for writing too, it never ends.
        reader = try StartedProgram("/bin/sh", ["-c", "mkfifo \(path)/fifo && exec cat <>\(path)/fifo >\(path)/lines"])
        _ = Deadline.wait(seconds: DirectorStage.patience) { access("\(path)/lines", F_OK) == 0 }
    }

    /// Plays a scenario.
    ///
    /// - Returns: the first step that went wrong; nil when all went well.
    func play(_ scenario: KeepalivedScenario) throws -> Discrepancy? {
        defer { reader.kill() }
        try stage.write(scenario.configuration)
        for (index, step) in scenario.steps.enumerated() {
            switch step {
            case .start: try start()
            case .stop: stage.stop()
            case .reload(let configuration): try stage.reload(configuration)
            case .open(let number): try stage.open(number)
            case .close(let number): stage.close(number)
            case .file(let name, let text): try stage.write("\(text)\n", to: name)
            case .run(let command): try stage.run(command)
            case .wait(let seconds): sleep(UInt32(seconds))
            case .rest(let table, let lines):
                if let discrepancy = try expect(table, lines, at: index) { return discrepancy }
            case .differs(let table, let lines, let original, let originalLines, _):
                let (table, lines) = director == .original ? (original, originalLines) : (table, lines)
                if let discrepancy = try expect(table, lines, at: index) { return discrepancy }
            }
        }
        stage.stop()
        return nil
    }

    private func start() throws {
        let words = [
            "-n", "-l", "-C", "-f", "\(folder.path)/keepalived.conf", "-p", "\(folder.path)/parent.pid", "-c",
            "\(folder.path)/checkers.pid", "-b", "\(folder.path)/bfd.pid",
        ]
        let path = director == .original ? "/usr/sbin/keepalived" : "\(Lab.programs)/directrix"
        try stage.start(path, words, name: "keepalived")
    }

    // MARK: What is at rest

    /// Waits until table and lines have been the wanted ones for some time, or patience has run out.
    private func expect(_ table: String, _ lines: [String], at step: Int) throws -> Discrepancy? {
        let wanted = table + Self.text(of: lines)
        var written: [String] = []
        let found = try DirectorStage.discrepancy(from: wanted) {
            written = try linesSoFar()
            return try stage.table() + Self.text(of: Array(written.dropFirst(readCount)))
        }
        if let found {
            return Discrepancy(step: step, expected: wanted, found: found, log: try stage.kill())
        }
        readCount = written.count
        return nil
    }

    /// Lines by what they are about, those of one object in order.
    private static func text(of lines: [String]) -> String {
        var states: [String: [String]] = [:]
        for line in lines {
            guard let blank = line.lastIndex(of: " ") else { continue }
            states[String(line[..<blank]), default: []].append(String(line[line.index(after: blank)...]))
        }
        return states.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.joined(separator: ", "))\n" }.joined()
    }

    private func linesSoFar() throws -> [String] {
        String(decoding: try [UInt8](contentsOf: "\(folder.path)/lines"), as: UTF8.self)
            .split(separator: "\n").map(String.init)
    }
}
