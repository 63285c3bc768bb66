import CLinux
import Glibc
import System

/// What the process may do: with the network all that its task needs, and nothing else that root may.
package enum Privileges {
    /// Why the process does not run.
    package enum Refusal: Error, Hashable {
        /// It lacks those capabilities, and cannot give them to itself.
        case missing([String])
        /// There is no user of that name.
        case noUser(String)
        /// The kernel refused, with that error number.
        case refused(Int32)
    }

    /// The two capabilities: addresses, routes, rules and links; raw and packet sockets.
    private static let needed = [("CAP_NET_ADMIN", CLINUX_CAP_NET_ADMIN), ("CAP_NET_RAW", CLINUX_CAP_NET_RAW)]

    private static var mask: UInt32 { needed.reduce(0) { $0 | 1 << $1.1 } }
    /// Turns in real time, without a limit up to which they are free for all.
    private static let turns: UInt32 = 1 << CLINUX_CAP_SYS_NICE

    /// The user and the group that a process of root becomes; nil for a process that is not root's.
    ///
    /// - Throws: `missing` or `noUser`.
    package static func account(of user: String) throws(Refusal) -> (user: UInt32, group: UInt32)? {
        try demand()
        guard geteuid() == 0 else { return nil }
        guard let account = account(of: user, in: SystemFile.text("/etc/passwd", limit: 16 << 20) ?? "") else {
            throw .noUser(user)
        }
        return account
    }

    /// Makes the process that user's, or leaves it who it is, and keeps the two capabilities alone.
    ///
    /// What it runs in its own place has them too.
    ///
    /// - Parameter keepsTurns: whether `CAP_SYS_NICE` stays where it is there: a container may have it without the right to raise
    ///   limits, and nothing else would let the process have turns in real time that a configuration asks for later.
    /// - Throws: `missing` or `refused`.
    package static func reduce(
        to account: (user: UInt32, group: UInt32)?,
        keepsTurns: Bool = false
    ) throws(Refusal) {
        try demand()
        let kept = keepsTurns ? mask | Self.turns & clinux_capabilities() : mask
        let number = clinux_keep_capabilities(account?.user ?? geteuid(), account?.group ?? getegid(), kept)
        guard number == 0 else { throw .refused(number) }
    }

    private static func demand() throws(Refusal) {
        let present = clinux_capabilities()
        let missing = needed.filter { present & 1 << $0.1 == 0 }.map(\.0)
        guard missing.isEmpty else { throw .missing(missing) }
    }

    /// The numbers of a user by the lines of a file like /etc/passwd.
    ///
    /// The databases behind it would be loaded for one name, and hold memory ever after.
    static func account(of user: String, in text: String) -> (user: UInt32, group: UInt32)? {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count >= 4, fields[0] == user, let number = UInt32(fields[2]), let group = UInt32(fields[3])
            else { continue }
            return (number, group)
        }
        return UInt32(user).map { ($0, $0) }
    }
}

extension Privileges.Refusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let names):
            "\(names.joined(separator: " and ")) missing: it is started as root, or by its unit with both capabilities"
        case .noUser(let name): "there is no user \(name)"
        case .refused(let number): "privileges cannot be given up: \(SystemFailure.text(of: number))"
        }
    }
}
