/// A request over HTTP and what its response must be.
package struct HTTPRequest: Hashable, Sendable {
    /// What is asked of the server for the target.
    package enum Method: String, Hashable, Sendable {
        case get = "GET"
        case head = "HEAD"
        case options = "OPTIONS"
    }

    /// What is done with a response that points elsewhere.
    package enum RedirectPolicy: String, CaseIterable, Hashable, Sendable {
        /// It is followed to any host, which then answers for the server, except from outside to this machine itself or
        /// to its link.
        case follow
        /// It is followed to any host.
        case anywhere
        /// It is followed where it stays with the address and port of the server; elsewhere it is a failure.
        case sameHost = "same-host"
        /// Its own status counts.
        case no
    }

    /// The method.
    package var method = Method.get
    /// What stands in the request line: a path with its query, a whole URL where the server is a proxy, or `*` for the
    /// server itself.
    package var target: String
    /// The value of `Host`.
    package var host: String
    /// The host to ask in the place of the server, where its address was not known when the file was read: it is looked up
    /// at each check.
    package var soughtHost: String?
    /// Which status codes are a success.
    package var statuses = HTTPStatusSet.successful
    /// What must be found in the body; nil where any body will do.
    package var pattern: ContentPattern?
    /// The MD5 digest that `genhash` gives for the body, 16 bytes; nil where any body will do.
    package var digest: [UInt8]?
    /// What is done with a redirect.
    package var redirects = RedirectPolicy.follow
    /// The bytes of a body that are looked at, at least 1.
    package var bodyLimit = 1 << 20

    /// Makes a GET request that any status of success answers.
    package init(target: String, host: String) {
        self.target = target
        self.host = host
    }
}
