import CLinux
import Glibc

/// Whether others than root can change a program that root runs.
package enum ProgramTrust {
    /// What lets others change it.
    package struct Weakness: Hashable, Sendable {
        /// The file itself, or a folder on the way to it.
        package let path: String
        /// Who can change it.
        package let reason: Reason

        /// In words: `/opt/check.sh belongs to user 1000`.
        package var text: String { "\(path) \(reason.text)" }
    }

    /// Who can change a file or a folder.
    package enum Reason: Hashable, Sendable {
        /// Its owner, who has that number and is not root.
        case owner(UInt32)
        /// A group of that number, which is not root's.
        case group(UInt32)
        /// Everybody.
        case everybody

        fileprivate var text: String {
            switch self {
            case .owner(let number): "belongs to user \(number)"
            case .group(let number): "can be written by group \(number)"
            case .everybody: "can be written by everybody"
            }
        }
    }

    /// What lets others than root change a program; nil where root alone can, and where there is no such program.
    ///
    /// It looks at the file and at all folders on the way to it, those of symbolic links included. In a folder with the sticky
    /// bit nobody can replace the files of others.
    ///
    /// - Parameter program: a path, or a name that is looked for in `PATH`, as `execvp` takes it.
    package static func weakness(of program: String) -> Weakness? {
        let candidates = ProgramPath.candidates(for: program).map { $0.hasPrefix("/") ? $0 : "/\($0)" }
        guard let path = candidates.first(where: { access($0, X_OK) == 0 }) else { return nil }
        for folder in LinkTrail.folders(to: path).sorted() {
            for place in ancestors(of: folder) {
                if let reason = reason(at: place) { return Weakness(path: place, reason: reason) }
            }
        }
        return reason(at: path).map { Weakness(path: path, reason: $0) }
    }

    /// The folder and all above it, the root first.
    private static func ancestors(of folder: String) -> [String] {
        folder.split(separator: "/").reduce(into: ["/"]) { places, name in
            places.append("\(places.last == "/" ? "" : places.last ?? "")/\(name)")
        }
    }

    private static func reason(at path: String) -> Reason? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        if status.st_uid != 0 { return .owner(status.st_uid) }
        if status.st_mode & S_IFMT == S_IFDIR, status.st_mode & S_ISVTX != 0 { return nil }
        if status.st_mode & S_IWOTH != 0 { return .everybody }
        return status.st_gid != 0 && status.st_mode & S_IWGRP != 0 ? .group(status.st_gid) : nil
    }
}
