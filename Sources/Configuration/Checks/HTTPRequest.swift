/// A request over HTTP and what its response must be.
package struct HTTPRequest: Hashable, Sendable {
    /// What is asked of the server for the target.
    package enum Method: String, Hashable, Sendable {
        case get = "GET"
        case head = "HEAD"
        case options = "OPTIONS"
    }

    /// Who a request says that it is from.
    ///
    /// Servers log it, answer by it and tell checks from other traffic by it; the fields of the request and the reading of
    /// its answer go with it.
    package enum Client: Hashable, Sendable {
        /// `directrix`: HTTP/1.1, or HTTP/1.0 where there is a digest, and the connection closed behind the answer, which is
        /// read by the rules of HTTP.
        case directrix
        /// `KeepAliveClient`, by that version: target and host stand in it as they are written, and of the answer count the
        /// status and the bytes behind the head, whether they are as many as it says or not.
        case keepAliveClient(Version)
    }

    /// The version that a `KeepAliveClient` speaks, and whether it asks for the connection to be closed.
    package enum Version: String, CaseIterable, Hashable, Sendable {
        /// HTTP/1.0, and no word on the connection.
        case http10 = "1.0"
        /// HTTP/1.0 with `Connection: close`.
        case http10Closing = "1.0C"
        /// HTTP/1.1 with `Connection: close`.
        case http11 = "1.1"
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

    /// Who the request says that it is from.
    package var client = Client.directrix
    /// The method; a `KeepAliveClient` knows only GET.
    package var method = Method.get
    /// What stands in the request line: a path with its query, a whole URL where the server is a proxy, or `*` for the
    /// server itself.
    package var target: String
    /// The value of `Host`, with the port where it shall be told.
    package var host: String
    /// The host to ask in the place of the server, where its address was not known when the file was read: it is looked up
    /// at each check.
    package var soughtHost: String?
    /// Which status codes are a success.
    package var statuses = HTTPStatusSet.successful
    /// What must be found in the body, or must not; nil where any body will do.
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

    /// Makes a GET request of a `KeepAliveClient`, that any status of success answers and that follows no redirect.
    package init(target: String, host: String, by version: Version) {
        self.init(target: target, host: host)
        client = .keepAliveClient(version)
        redirects = .no
        bodyLimit = 16 << 20
    }
}
