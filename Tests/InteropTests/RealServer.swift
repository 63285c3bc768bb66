import Testing

/// A server program of the distribution, with what it takes to run it for a test and what checks are to find.
///
/// In files and commands `FOLDER` stands for a folder of the test and `PORT0`, `PORT1` … for ports that are free. In the
/// folder are `valid.pem`, a certificate of www.example.com and 127.0.0.1 that signs itself, its key `valid.key`, and
/// `other.pem`, a certificate of somebody else.
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
    /// What checks find while it runs; with the first one it is also stopped and halted.
    let trials: [Trial]
    /// Whether a check of a server that has ended is refused; datagrams to nobody are not, as a rule.
    var isRefusedWhenStopped = true

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
}

extension RealServer: CustomTestStringConvertible {
    var testDescription: String { name }
}
