import Glibc
import HealthChecks
import TestKit
import Testing
import Time

@testable import DirectorService
@testable import System

@Suite(.waits)
struct MaintenanceFolderTests {
    /// A link to itself stands for all that keeps a folder from being opened, such as a lack of descriptors.
    @Test func aFolderThatCannotBeOpenedEndsNoMaintenance() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/maintenance"
        mkdir("\(folder.path)/real", 0o755)
        folder.write("real/10.0.0.1", "")
        symlink("real", path)
        let loop = try EventLoop()
        var changes = 0
        let maintenance = MaintenanceFolder(on: loop, path: path, FolderListing(of: path)) { changes += 1 }
        #expect(maintenance.files == ["10.0.0.1"])
        unlink(path)
        symlink("maintenance", path)
        unlink("\(folder.path)/real/10.0.0.1")
        try loop.turn(for: .milliseconds(200))
        #expect(maintenance.files == ["10.0.0.1"] && maintenance.exists && changes == 0)
        unlink(path)
        symlink("real", path)
        folder.write("real/10.0.0.2", "")
        try loop.turn { changes > 0 }
        #expect(maintenance.files == ["10.0.0.2"])
    }

    @Test func folderThatGoesEndsMaintenance() throws {
        let folder = try TemporaryFolder()
        mkdir("\(folder.path)/maintenance", 0o755)
        folder.write("maintenance/10.0.0.1", "")
        let loop = try EventLoop()
        var changes = 0
        let path = "\(folder.path)/maintenance"
        let maintenance = MaintenanceFolder(on: loop, path: path, FolderListing(of: path)) { changes += 1 }
        #expect(maintenance.files == ["10.0.0.1"])
        unlink("\(folder.path)/maintenance/10.0.0.1")
        rmdir("\(folder.path)/maintenance")
        try loop.turn { !maintenance.exists }
        #expect(maintenance.files.isEmpty)
        #expect(changes > 0)
    }
}
