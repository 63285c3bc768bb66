import CheckIO
import Glibc
import HealthChecks
import Testing

@testable import DirectorService

struct MaintenanceFolderTests {
    /// In a process of its own: the limit is one of the whole process.
    @Test func lackOfDescriptorsEndsNoMaintenance() async {
        await #expect(processExitsWith: .success) {
            let folder = TemporaryFolder()
            folder.write("10.0.0.1", "")
            let loop = try EventLoop()
            var changes = 0
            let maintenance = MaintenanceFolder(on: loop, path: folder.path) { changes += 1 }
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let wanted = limit.rlim_cur
            limit.rlim_cur = 3
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            // A file that goes is noticed, but not what is left.
            unlink("\(folder.path)/10.0.0.1")
            let end = loop.now + .milliseconds(200)
            while loop.now < end { try loop.runTurn(atMost: .milliseconds(50)) }
            precondition(maintenance.files == ["10.0.0.1"] && maintenance.exists && changes == 0)
            limit.rlim_cur = wanted
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            folder.write("10.0.0.2", "")
            while changes == 0 { try loop.runTurn(atMost: .seconds(1)) }
            precondition(maintenance.files == ["10.0.0.2"])
        }
    }

    @Test func folderThatGoesEndsMaintenance() throws {
        let folder = TemporaryFolder()
        mkdir("\(folder.path)/maintenance", 0o755)
        folder.write("maintenance/10.0.0.1", "")
        let loop = try EventLoop()
        var changes = 0
        let maintenance = MaintenanceFolder(on: loop, path: "\(folder.path)/maintenance") { changes += 1 }
        #expect(maintenance.files == ["10.0.0.1"])
        unlink("\(folder.path)/maintenance/10.0.0.1")
        rmdir("\(folder.path)/maintenance")
        while maintenance.exists { try loop.runTurn(atMost: .seconds(1)) }
        #expect(maintenance.files.isEmpty)
        #expect(changes > 0)
    }
}
