import Dialogues
import Glibc
import System

extension SystemFailure {
    /// What the failure of a socket says: something of the server, or only of the director.
    var layer: CheckLayer {
        switch number {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM, ENOSPC, EAGAIN: .director(.limit)
        // How IPv6 tells that a router or the server's own filter turns connections away, and how a prohibiting route does.
        case EACCES where call != "socket": .transport(.unreachable)
        case EACCES, EPERM, EINVAL, EAFNOSUPPORT, EPROTONOSUPPORT, EADDRNOTAVAIL: .director(.systemError(number))
        case ECONNREFUSED: .transport(.refused)
        case ETIMEDOUT: .transport(.timeout)
        case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN: .transport(.unreachable)
        case ECONNRESET, EPIPE: .transport(.reset)
        default: .transport(.systemError(number))
        }
    }
}
