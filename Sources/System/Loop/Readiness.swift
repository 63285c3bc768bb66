import CLinux

/// What a descriptor is ready for, as epoll tells it.
package struct Readiness: OptionSet, Hashable, Sendable {
    /// The bits of `epoll_event.events`.
    package let rawValue: UInt32

    /// Makes a set of the bits of `epoll_event.events`.
    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// There is something to read, or the end of it: `EPOLLIN`.
    package static let readable = Readiness(rawValue: CLINUX_EPOLLIN)
    /// There is room to write, or a connection is open: `EPOLLOUT`.
    package static let writable = Readiness(rawValue: CLINUX_EPOLLOUT)
    /// The peer ended its sending: `EPOLLRDHUP`.
    package static let ended = Readiness(rawValue: CLINUX_EPOLLRDHUP)
    /// Both directions have ended; told without being asked for: `EPOLLHUP`.
    package static let hungUp = Readiness(rawValue: CLINUX_EPOLLHUP)
    /// There is an error to fetch; told without being asked for: `EPOLLERR`.
    package static let failed = Readiness(rawValue: CLINUX_EPOLLERR)
    /// Told only when something new happens, not as long as it holds: `EPOLLET`.
    package static let edges = Readiness(rawValue: CLINUX_EPOLLET)
}
