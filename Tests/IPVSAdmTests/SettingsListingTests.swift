import Addresses
import IPVS
import IPVSAdm
import Testing
import Texts

struct SettingsListingTests {
    static let daemons = [
        SyncDaemon(
            role: .master,
            interface: "lo",
            syncID: 7,
            maximumLength: 1472,
            group: IPAddress("224.0.0.81"),
            port: 8848,
            timeToLive: 1
        ),
        SyncDaemon(
            role: .backup,
            interface: "lo",
            syncID: 8,
            maximumLength: 2000,
            group: IPAddress("ff02::1:2"),
            port: 9999,
            timeToLive: 64
        ),
    ]

    @Test
    func timeoutsAreOneLine() throws {
        var text = TextBuffer()
        SettingsListing.append(Timeouts(tcp: 900, tcpFin: 120, udp: 300), to: &text)
        #expect(text.string == (try Fixture.listing("timeouts.txt")))
    }

    @Test
    func eachDaemonIsALine() throws {
        var text = TextBuffer()
        for daemon in Self.daemons { SettingsListing.append(daemon, to: &text) }
        #expect(text.string == (try Fixture.listing("daemons.txt")))
    }

    @Test
    func whatAnOldKernelDoesNotTellIsLeftOut() {
        var text = TextBuffer()
        SettingsListing.append(SyncDaemon(role: .backup, interface: "eth0"), to: &text)
        #expect(text.string == "backup sync daemon (mcast=eth0, syncid=0)\n")
    }
}
