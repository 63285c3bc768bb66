package import CheckIO
import Glibc

extension SystemFailure {
    /// Whether a file could not be written for want of room or of a disk that can be written, which may end.
    package var isShortage: Bool { [ENOSPC, EDQUOT, EROFS].contains(number) }
}
