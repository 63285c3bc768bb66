import Glibc
import TestKit
import Testing

@testable import DirectorService
@testable import System

/// A lock that only its owner can hold.
@Suite(.waits)
struct FileLockTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }
    private var path: String { "\(folder.path)/lock" }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    @Test func itsFileIsForItsOwnerAlone() throws {
        let lock = try FileLock(at: path)
        #expect(mode(path) == 0o600)
        lock.leave(note: "one\n")
        #expect(FileLock.look(at: path) == .held(note: "one\n"))
        #expect(throws: FileLock.Refusal.held(note: "one\n")) { try FileLock(at: path) }
        lock.leave(note: "2\n")
        #expect(FileLock.look(at: path) == .held(note: "2\n"))
    }

    @Test func itEndsWithItsHolder() throws {
        try FileLock(at: path).leave(note: "gone\n")
        #expect(FileLock.look(at: path) == .free)
        let lock = try FileLock(at: path)
        lock.remove()
        #expect(!folder.exists("lock"))
        #expect(FileLock.look(at: path) == .free)
    }

    /// Looking takes it from nobody, however often it is done meanwhile.
    @Test func aLookIsInNobodysWay() throws {
        _ = try FileLock(at: path)
        for _ in 0..<100 {
            #expect(FileLock.look(at: path) == .free)
            _ = try FileLock(at: path)
        }
    }

    /// What anybody could have opened, and locked, before is replaced; and nothing is written to what a link leads to.
    @Test(arguments: ["lax", "link", "second name", "pipe"])
    func whatIsNoProofIsReplaced(kind: String) throws {
        folder.write("victim", "precious")
        chmod("\(folder.path)/victim", 0o600)
        switch kind {
        case "lax":
            folder.write("lock", "")
            chmod(path, 0o644)
        case "link": symlink("\(folder.path)/victim", path)
        case "second name": link("\(folder.path)/victim", path)
        default: mkfifo(path, 0o666)
        }
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        // Both kinds of locks that somebody who can only read it could take.
        #expect(flock(reader, LOCK_EX | LOCK_NB) == 0)
        var shared = flock()
        shared.l_type = Int16(F_RDLCK)
        _ = withUnsafeMutablePointer(to: &shared) { fcntl(reader, 37, $0) }
        let lock = try FileLock(at: path)
        lock.leave(note: "mine")
        #expect(mode(path) == 0o600)
        #expect(FileLock.look(at: path) == .held(note: "mine"))
        #expect(folder.text("victim") == "precious")
    }

    @Test func aFolderInItsPlaceIsAFailure() {
        mkdir(path, 0o700)
        #expect(throws: FileLock.Refusal.self) { try FileLock(at: path) }
        #expect(FileLock.look(at: path) == .free)
    }
}

/// Files that are replaced as a whole.
struct ReplacementTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A link that waits at the name that a draft once had is not followed.
    @Test(arguments: ["status.new", "status.\(getpid())", "status"])
    func noFileOfOthersIsWrittenTo(name: String) throws {
        folder.write("victim", "precious")
        symlink("\(folder.path)/victim", "\(folder.path)/\(name)")
        try ReplacedFile.put("text", at: "\(folder.path)/status", mode: 0o600)
        #expect(folder.text("victim") == "precious")
        #expect(folder.text("status") == "text")
        var status = stat()
        #expect(lstat("\(folder.path)/status", &status) == 0)
        #expect(status.st_mode == S_IFREG | 0o600)
    }

    @Test(arguments: [(0o600, 0o022), (0o644, 0o077), (0o644, 0o777)] as [(mode_t, mode_t)])
    func theModeIsAsAskedFor(mode: mode_t, mask: mode_t) throws {
        try ReplacedFile.put("text", at: "\(folder.path)/file", mode: mode)
        var status = stat()
        #expect(lstat("\(folder.path)/file", &status) == 0)
        #expect(status.st_mode & 0o777 == mode)
        #expect(throws: SystemFailure(call: "open", number: ENOENT)) {
            try ReplacedFile.put("text", at: "\(folder.path)/none/file", mode: mode)
        }
    }
}

/// Which command lines are those of a director, and of which instance.
struct DirectorProcessTests {
    @Test(
        arguments: [
            ("/usr/sbin/ldirectord web.cf start", "ldirectord.web.cf.pid", true),
            ("/usr/bin/perl -w /usr/sbin/ldirectord /etc/ha.d/web.cf start", "ldirectord.web.cf.pid", true),
            ("/usr/bin/perl -w /usr/sbin/ldirectord -d /etc/ha.d/web.cf start", "ldirectord.web.cf.pid", true),
            ("/usr/bin/perl -w /usr/sbin/ldirectord web.cf start", "ldirectord.mail.cf.pid", false),
            ("/usr/bin/perl -w /usr/sbin/ldirectord start", "ldirectord.ldirectord.pid", true),
            ("/usr/bin/perl -w /usr/sbin/ldirectord start", "ldirectord.ldirectord.cf.pid", false),
            ("/usr/sbin/ldirectord --foreground start", "ldirectord.ldirectord.pid", true),
            ("/usr/sbin/ldirectord --foreground start", "ldirectord.web.cf.pid", false),
            ("/usr/sbin/ldirectord web.cf restart", "other.pid", true),
            ("/usr/sbin/directrix run --foreground web.cf", "ldirectord.web.cf.pid", true),
            ("/usr/sbin/directrix run --foreground mail.cf", "ldirectord.web.cf.pid", false),
            ("/usr/sbin/directrix run --pidfile /run/ldirectord.web.cf.pid x.cf", "ldirectord.web.cf.pid", true),
            ("/usr/sbin/directrix run --pidfile=/run/a.pid web.cf", "ldirectord.web.cf.pid", false),
            ("/usr/sbin/directrix check web.cf", "ldirectord.web.cf.pid", false),
            ("/usr/sbin/directrix plan web.cf", "ldirectord.web.cf.pid", false),
            ("/usr/bin/vim /etc/ha.d/web.cf", "ldirectord.web.cf.pid", false),
            ("/usr/bin/perl -w /usr/sbin/cron web.cf start", "ldirectord.web.cf.pid", false),
            ("sshd: operator", "ldirectord.web.cf.pid", false), ("", "ldirectord.web.cf.pid", false),
        ]
    )
    func itsWordsTell(line: String, file: String, expected: Bool) {
        let words = line.split(separator: " ").map(String.init)
        #expect(DirectorProcess.isDirector(words, ofPIDFile: "/run/\(file)") == expected)
    }

    /// A number that is left over is this process's by now, which has the right name and owner, but holds no lock.
    @Test func oneOfThisProgramHoldsTheLock() throws {
        let folder = try TemporaryFolder()
        folder.write("pid", "\(getpid())\n")
        #expect(!DirectorProcess.exists(getpid(), ofPIDFile: "\(folder.path)/pid", isLockKnown: true))
    }
}
