import ArgumentParser

/// The words behind `genhash`.
struct DigestArguments: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "genhash",
        abstract: "Print the MD5 digest of what a web server answers.",
        usage: """
            genhash [-S] -s SERVER [-p PORT] -u URL ...
            genhash -u http[s]://SERVER[:PORT]/... ...
            """,
        discussion: """
            The digest is of the body as it comes from the server, and is what digest= in ldirectord.cf and digest in \
            keepalived.conf are compared with. With several URLs each digest has its URL behind it.

            EXAMPLES
              genhash -s 10.0.0.1 -p 80 -u /health.html
              genhash -S -I -s 10.0.0.1 -V www.example.com -u /
              genhash --json --require-2xx -u http://10.0.0.1/a -u http://10.0.0.2/a

            EXIT STATUS
              0  every digest was printed
              1  one was not: wrong usage, no connection, no answer in time, a status that is not wanted
            """
    )

    @Flag(name: [.customShort("S"), .customLong("use-ssl")], help: "Connect with TLS; any certificate is taken.")
    var usesTLS = false

    @Flag(name: [.customShort("I"), .customLong("use-sni")], help: "Send the virtual host in the TLS handshake.")
    var sendsServerName = false

    @Option(
        name: [.customShort("s", allowingJoined: true), .long],
        help: ArgumentHelp("The address or name of the server.", valueName: "server")
    )
    var server: String?

    @Option(
        name: [.customShort("p", allowingJoined: true), .long],
        help: "The port of the server. (default: 80, with TLS 443)"
    )
    var port: UInt16?

    @Option(
        name: [.customShort("u", allowingJoined: true), .long],
        help: "What is asked for; may be given several times."
    )
    var url: [String] = []

    @Option(
        name: [.customShort("V", allowingJoined: true), .customLong("use-virtualhost")],
        help: ArgumentHelp("The name sent as Host, instead of server and port.", valueName: "host")
    )
    var virtualHost: String?

    @Option(
        name: [.customShort("P", allowingJoined: true), .long],
        help: "The version of HTTP; 1.0c asks for the connection to be closed."
    )
    var `protocol` = DigestVersion.http10

    @Option(
        name: [.customShort("t", allowingJoined: true), .long],
        help: ArgumentHelp("How long the server may be silent.", valueName: "seconds")
    )
    var timeout = 5.0

    @Option(
        name: [.customShort("m", allowingJoined: true), .customLong("fwmark")],
        help: "The firewall mark of the packets sent."
    )
    var mark: DigestMark = DigestMark(value: 0)

    @Flag(name: [.short, .long], help: "Show header and body as they come, and the time.")
    var verbose = false

    @Flag(help: "Print answers and failures as JSON.")
    var json = false

    @Flag(name: .customLong("require-2xx"), help: "Take only a status of success for an answer.")
    var requiresSuccess = false

    @Flag(name: [.customShort("r"), .long], help: "Show the version.")
    var release = false

    func validate() throws {
        guard !release else { return }
        guard !url.isEmpty else { throw ValidationError("a URL is missing: -u") }
        guard port != 0 else { throw ValidationError("port 0 cannot be asked") }
        guard timeout > 0, timeout <= 1_000_000 else {
            throw ValidationError("-t takes seconds, more than 0 and at most 1000000")
        }
        guard !(verbose && json) else { throw ValidationError("--verbose and --json exclude each other") }
    }
}
