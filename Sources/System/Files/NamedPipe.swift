import CLinux
import Glibc

/// A named pipe that is written to and never waited for: `mkfifo`.
///
/// It is open for reading too, so that it stays one while nobody reads.
package final class NamedPipe: Sendable {
    /// Why there is no pipe.
    package enum Refusal: Error, Hashable, Sendable {
        /// Something else has its name, such as a file that would be written to.
        case noPipe
        /// There is no such user or group to own it.
        case unknownOwner(ProgramOwner.Unknown)
        case system(SystemFailure)

        /// What is said of it.
        package var message: String {
            switch self {
            case .noPipe: "it is no named pipe"
            case .unknownOwner(let unknown): unknown.text
            case .system(let failure): failure.message
            }
        }
    }

    private let path: String
    private let descriptor: Descriptor
    private let isMade: Bool

    /// The most bytes that one line may have: the kernel writes so many as a whole, or not at all.
    package static let longestLine = Int(PIPE_BUF)

    /// Opens the pipe at a path, which may take as long as its file system likes; makes it where nothing has the name.
    ///
    /// - Parameter owner: whose a pipe is that is made; nil for this process's user.
    package init(at path: String, owner: ProgramOwner?) throws(Refusal) {
        self.path = path
        let isMade = mkfifo(path, 0o644) == 0
        guard isMade || errno == EEXIST else { throw .system(.last("mkfifo")) }
        do throws(Refusal) {
            descriptor = try Self.opened(path)
        } catch {
            // What has the name is ours as long as it is a pipe: there was nothing before.
            if isMade, SystemFile.isPipe(path) { unlink(path) }
            throw error
        }
        self.isMade = isMade
        guard isMade else { return }
        // The mask of the process may have taken something away.
        fchmod(descriptor.number, 0o644)
        guard let owner else { return }
        do throws(ProgramOwner.Unknown) {
            let account = try owner.account()
            fchown(descriptor.number, account.user, account.group)
        } catch {
            remove()
            throw .unknownOwner(error)
        }
    }

    /// Writes a line and its end.
    ///
    /// - Returns: whether it is in the pipe. It is not where nobody has read for a long time, or where it is longer than
    ///   `longestLine`.
    package func write(_ line: String) -> Bool {
        let bytes = Array("\(line)\n".utf8)
        guard bytes.count <= Self.longestLine else { return false }
        while true {
            if Glibc.write(descriptor.number, bytes, bytes.count) == bytes.count { return true }
            guard errno == EINTR else { return false }
        }
    }

    /// Whether all that was written has been read.
    package var isEmpty: Bool {
        var watched = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, 0) <= 0
    }

    /// Removes the pipe where it was made here, unless something else has its name by now.
    package func remove() {
        if isMade, descriptor.isNamed(path) { unlink(path) }
    }

    private static func opened(_ path: String) throws(Refusal) -> Descriptor {
        // A device would begin something by being opened.
        guard SystemFile.isPipe(path) else { throw .noPipe }
        let descriptor: Descriptor
        do throws(SystemFailure) {
            descriptor = try Descriptor(open: path, O_RDWR | O_NONBLOCK)
        } catch {
            throw .system(error)
        }
        guard descriptor.status.map({ $0.st_mode & S_IFMT }) == S_IFIFO else { throw .noPipe }
        return descriptor
    }
}
