import Addresses
import Failover
import Glibc
import Links
import System
import TestKit
import Testing
import VRRP

@testable import VRRPService

struct RuntimeFolderTests {
    private let place: TemporaryFolder
    private let boot = BootIdentity(high: 1, low: 2)
    private var path: String { "\(place.path)/run" }

    init() throws {
        place = try TemporaryFolder()
    }

    private func folder(_ boot: BootIdentity) throws -> RuntimeFolder {
        try RuntimeFolder(path, boot: boot, account: nil)
    }

    @Test func whatIsKeptIsThereForTheNextProcessOfThisRunOfTheMachine() throws {
        var set = RouterSet()
        set.settings.routeMaker = 19
        let address = LinkAddress(.v4(IPv4Address(value: 0x0a00_0064)), on: "eth0")
        let values: [TrackedSubject: TrackedValue] = [
            TrackedSubject(.script, "a"): .unwell, TrackedSubject(.file, "b"): .number(-3),
        ]
        let first = try folder(boot)
        try first.keep(set)
        try first.note([address])
        try first.keep(values)
        let second = try folder(boot)
        #expect(second.configuration == set)
        #expect(second.belongings == [address])
        #expect(second.values == values)
        let later = try folder(BootIdentity(high: 1, low: 3))
        #expect(later.configuration == nil)
        #expect(later.belongings.isEmpty)
        #expect(later.values.isEmpty)
        second.forget()
        #expect(try folder(boot).configuration == nil)
    }

    @Test func aDamagedOrUnsoundConfigurationIsNone() throws {
        let first = try folder(boot)
        var set = RouterSet()
        set.settings.realTimePriority = 500
        try first.keep(set)
        #expect(first.configuration == nil)
        let file = try Descriptor(open: "\(path)/configuration", O_WRONLY | O_TRUNC)
        try file.write(Array("{\"boot\":".utf8))
        #expect(first.configuration == nil)
    }

    @Test func aFolderThatOthersMayWriteIsRefused() throws {
        mkdir(path, 0o755)
        chmod(path, 0o777)
        #expect(throws: SystemFailure(call: "mkdir", number: EPERM)) { try folder(boot) }
        rmdir(path)
        symlink(place.path, path)
        #expect(throws: SystemFailure(call: "mkdir", number: EPERM)) { try folder(boot) }
    }
}
