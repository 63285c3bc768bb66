package import Addresses

/// What is asked of a real server to learn whether it is healthy.
///
/// Equal checks need to be made only once: whatever decides their outcome is part of the value.
package struct HealthCheck: Hashable, Sendable {
    /// How the server is asked.
    package enum Method: Hashable, Sendable {
        /// Never asked, never up.
        case alwaysDown
        /// Whether a TCP connection can be opened.
        case connect
        /// Whether an ICMP echo is answered, asked so many times at most.
        case ping(attempts: Int)
        /// Whether an ICMP echo with so many bytes of data, 64...1,024, is answered the one time that it is asked.
        case echo(bytes: Int)
        /// What a dialogue in the protocol of the service gives.
        indirect case negotiate(Negotiation)
        /// A dialogue, so many connections, a dialogue again, and so on; after a failure, dialogues until one succeeds.
        indirect case combined(connections: Int, connectionTimeout: Duration, Negotiation)
        /// The exit status of a program.
        indirect case external(ExternalCheck)
        /// The number in a file: nobody is asked, whoever watches the file tells what it holds.
        indirect case file(TrackedFile)
    }

    /// How the server is asked.
    package var method: Method
    /// The real server's address and the port to check.
    package var target: Endpoint
    /// The longest that one check takes from its start to its verdict, redirects and repetitions included.
    package var timeout: Duration
    // Apart, for most of many thousand checks have none.
    private indirect enum Origin: Hashable, Sendable {
        case own(ProbeOrigin)
    }

    private var ownOrigin: Origin?

    /// Makes a check of one real server.
    package init(method: Method, target: Endpoint, timeout: Duration, origin: ProbeOrigin? = nil) {
        self.method = method
        self.target = target
        self.timeout = timeout
        self.origin = origin
    }

    /// Where its packets come from; nil where all of that is left to the kernel.
    package var origin: ProbeOrigin? {
        get { if case .own(let origin)? = ownOrigin { origin } else { nil } }
        set { ownOrigin = newValue.map { .own($0) } }
    }
}
