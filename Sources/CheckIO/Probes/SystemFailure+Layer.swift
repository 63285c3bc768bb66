import Configuration
import Dialogues
import Glibc
import System

extension SystemFailure {
    /// What the failure of a socket says: something of the server, or only of the director.
    var layer: CheckLayer {
        switch number {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM, ENOSPC, EAGAIN: .director(.limit)
        // Address, port, interface and mark are this machine's own.
        case _ where isOfOrigin: .director(.systemError(number))
        // How IPv6 tells that a router or the server's own filter turns connections away, and how a prohibiting route does.
        case EACCES where call != "socket": .transport(.unreachable)
        case EACCES, EPERM, EINVAL, EAFNOSUPPORT, EPROTONOSUPPORT, EADDRNOTAVAIL, ENODEV, ENXIO:
            .director(.systemError(number))
        case ECONNREFUSED: .transport(.refused)
        case ETIMEDOUT: .transport(.timeout)
        case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN: .transport(.unreachable)
        case ECONNRESET, EPIPE: .transport(.reset)
        default: .transport(.systemError(number))
        }
    }

    /// Whether it is about what the socket was to be bound to.
    private var isOfOrigin: Bool { call == "bind" || call == "setsockopt" }

    /// The words of the C library, and what could not be had where a check wants its own origin.
    func message(from origin: ProbeOrigin?) -> String {
        guard let origin, isOfOrigin else { return message }
        return "\(self) (from \(SocketOrigin(origin)))"
    }
}
