import Dialogues
import Glibc
import HealthChecks

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

extension Duration {
    /// `5 s`, `300 ms`, `1.5 s`, for people.
    var shortText: String {
        let milliseconds = nanoseconds / 1_000_000
        if milliseconds < 1_000 { return "\(milliseconds) ms" }
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
        if rest == 0 { return "\(seconds) s" }
        var fraction = String(1_000 + rest).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        return "\(seconds).\(fraction) s"
    }
}
