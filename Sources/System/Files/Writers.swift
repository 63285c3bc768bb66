import CLinux
import Glibc

/// Finds out whether somebody has a file open for writing.
enum Writers {
    /// File systems on which a lease is refused although nobody writes.
    private static let remote: Set<UInt32> = [
        0x6969,  // NFS
        0xff53_4d42, 0xfe53_4d42, 0x517b,  // CIFS, SMB2, SMB
    ]

    /// Whether there is a writer; nil where that cannot be found out.
    ///
    /// The kernel gives a lease for reading only while nobody has the file open for writing. It is given back at once:
    /// whoever opens the file for writing in that moment waits for a few microseconds.
    static func have(_ descriptor: Int32) -> Bool? {
        // The kernel sends this signal to the holder of a lease who keeps others waiting; SIGURG is ignored by default.
        guard fcntl(descriptor, CLINUX_F_SETSIG, SIGURG) == 0 else { return nil }
        if fcntl(descriptor, CLINUX_F_SETLEASE, Int32(F_RDLCK)) == 0 {
            _ = fcntl(descriptor, CLINUX_F_SETLEASE, Int32(F_UNLCK))
            return false
        }
        guard errno == EAGAIN else { return nil }
        var system = statfs()
        guard fstatfs(descriptor, &system) == 0, !remote.contains(UInt32(truncatingIfNeeded: system.f_type)) else {
            return nil
        }
        return true
    }
}
