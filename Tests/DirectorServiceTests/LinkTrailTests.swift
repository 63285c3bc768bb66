import Glibc
import TestKit
import Testing

@testable import DirectorService
@testable import System

struct LinkTrailTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func everyFolderWithALinkOnTheWayBelongsToIt() {
        let path = folder.path
        mkdir("\(path)/a", 0o755)
        mkdir("\(path)/b", 0o755)
        folder.write("b/file", "")
        symlink("../b", "\(path)/a/link")
        symlink("\(path)/a/link/file", "\(path)/entry")
        #expect(LinkTrail.folders(to: "\(path)/entry") == [path, "\(path)/a", "\(path)/b"])
    }

    @Test func aPlainFileHasItsFolder() {
        #expect(LinkTrail.folders(to: "\(folder.path)/x/./y") == ["\(folder.path)/x"])
        #expect(LinkTrail.folders(to: "/x") == ["/"])
    }

    @Test func linksInACircleEnd() {
        symlink("two", "\(folder.path)/one")
        symlink("one", "\(folder.path)/two")
        #expect(LinkTrail.folders(to: "\(folder.path)/one") == [folder.path])
    }
}
