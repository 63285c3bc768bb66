import Configuration
import Director
import System

/// The named pipes of a configuration: each gets every line, in order, and has a program that reads it where the file names
/// one.
final class EventPipes {
    private let loop: EventLoop
    private let log: DaemonLog
    /// In the order of the file.
    private var writers: [EventPipeWriter] = []
    /// The paths of those that are told of servers, and of virtual routers.
    private var paths: (servers: Set<String>, routers: Set<String>) = ([], [])
    /// Those that the configuration has no longer, until their readers have ended.
    private var departing: [EventPipeWriter] = []

    init(on loop: EventLoop, log: DaemonLog) {
        self.loop = loop
        self.log = log
    }

    /// Writes to these pipes from here on.
    ///
    /// One whose path stays goes on, and of two with one path the first counts.
    ///
    /// - Parameters:
    ///   - pipes: those that are told of servers.
    ///   - others: those that are told of virtual routers.
    func change(to pipes: [EventPipe], routers others: [EventPipe] = [], refusesUnsafe: Bool) {
        paths = (Set(pipes.map(\.path)), Set(others.map(\.path)))
        var former = writers
        writers = []
        for pipe in pipes + others where !writers.contains(where: { $0.path == pipe.path }) {
            if let index = former.firstIndex(where: { $0.path == pipe.path && $0.isUsable }) {
                let writer = former.remove(at: index)
                writer.change(to: pipe, refusesUnsafe: refusesUnsafe)
                writers.append(writer)
            } else {
                writers.append(EventPipeWriter(on: loop, pipe, refusesUnsafe: refusesUnsafe, log: log))
            }
        }
        for writer in former { leave(writer) }
    }

    /// Writes a line to each of them that is told of servers.
    func write(_ line: String) {
        for writer in writers where paths.servers.contains(writer.path) { writer.write(line) }
    }

    /// Writes a line to each of them that is told of virtual routers.
    func write(ofRouters line: String) {
        for writer in writers where paths.routers.contains(writer.path) { writer.write(line) }
    }

    /// Leaves all of them after the lines that have been written, and has their readers end.
    func close() {
        for writer in writers { leave(writer) }
        writers = []
    }

    /// Whether nothing of them is left, the programs that read included.
    var isIdle: Bool { writers.isEmpty && departing.allSatisfy(\.isOver) }

    /// Leaves all of them at once, whatever their readers are doing.
    func end() {
        close()
        for writer in departing { writer.end() }
    }

    private func leave(_ writer: EventPipeWriter) {
        departing.removeAll(where: \.isOver)
        departing.append(writer)
        writer.close()
    }
}
