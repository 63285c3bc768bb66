import Glibc

/// Users and groups by their names, as the databases of the system have them, which may take their time.
package enum SystemAccount {
    /// The largest record of a user or group that is read.
    private static let recordSize = 1 << 16

    /// The numbers of a user and of the group that is the user's own; nil where there is none of that name.
    package static func user(_ name: String) -> (user: UInt32, group: UInt32)? {
        user { getpwnam_r(name, $0, $1, $2, $3) }
    }

    /// The same of the user with that number.
    static func user(number: UInt32) -> (user: UInt32, group: UInt32)? {
        user { getpwuid_r(number, $0, $1, $2, $3) }
    }

    private static func user(
        _ find: (
            UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
        ) -> Int32
    ) -> (user: UInt32, group: UInt32)? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: recordSize) { room in
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            guard let base = room.baseAddress, find(&entry, base, room.count, &found) == 0, found != nil else {
                return nil
            }
            return (entry.pw_uid, entry.pw_gid)
        }
    }

    /// The number of a group; nil where there is none of that name.
    package static func group(_ name: String) -> UInt32? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: recordSize) { room in
            var entry = Glibc.group()
            var found: UnsafeMutablePointer<Glibc.group>?
            guard let base = room.baseAddress, getgrnam_r(name, &entry, base, room.count, &found) == 0, found != nil
            else { return nil }
            return entry.gr_gid
        }
    }
}
