import Testing

/// A server program of the distribution, with what it takes to run it for a test and what checks are to find.
///
/// In files and commands `FOLDER` stands for a folder of the test, which has the `TestCertificates`, and `PORT0`, `PORT1` …
/// for ports that are free.
struct RealServer: Sendable {
    /// Its name, and that of what it serves.
    let name: String
    /// The programs that must be there.
    let programs: [String]
    /// How many ports it serves.
    var portCount = 1
    /// The files of its folder, by name.
    var files: [String: String] = [:]
    /// What a shell does before it is started.
    var preparation = ""
    /// The command that runs it in the foreground.
    let command: String
    /// What checks find while it runs.
    ///
    /// Those that it passes are also made when it is halted, and when it is stopped; it
    /// is ready when it passes the first one.
    let trials: [Trial]

    /// The programs that are missing here.
    var missing: [String] { programs.filter { !isExecutable($0) } }
}

/// One check and what it must find.
struct Trial: Sendable {
    /// What is special about it.
    let name: String
    /// The directives of the virtual server, beside its real one.
    let directives: [String]
    /// Which port is checked.
    var port = 0
    /// The layer with its outcome as logs show it, such as `L7 ok`.
    let layer: String
    /// What the text of the result has in it.
    var word = ""
    /// Whether the service is one of datagrams.
    var isDatagram = false

    /// Whether the server is up.
    var isUp: Bool { layer.hasSuffix(" ok") }

    /// What it must find when the server is halted: the kernel goes on to take connections, and to answer echoes.
    var layerWhenHalted: String {
        guard layer == "L7 ok" else { return layer }
        let beginsWithTLS = ["https", "imaps", "ldaps", "pops"].contains { directives.contains("service=\($0)") }
        return beginsWithTLS ? "L6 timeout" : "L7 timeout"
    }

    /// What it must find when the server has ended.
    var layerWhenStopped: String { layer == "L7 ok" || layer == "L4 ok" ? "L4 refused" : layer }
}

extension RealServer: CustomTestStringConvertible {
    var testDescription: String { name }
}
