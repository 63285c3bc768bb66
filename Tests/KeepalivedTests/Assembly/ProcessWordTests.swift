import Configuration
import Diagnostics
import Keepalived
import Testing

/// What words about the process come to, and what is told of those that come to nothing.
struct ProcessWordTests {
    private func loaded(_ text: String) -> LoadedConfiguration { StandInMachine.load(text + "\n") }

    private func globals(_ line: String) -> LoadedConfiguration { loaded("global_defs {\n\(line)\n}") }

    @Test func theTimeForChildrenStandsOutsideOfAllBlocks() throws {
        let outside = loaded("child_wait_time 7")
        #expect(outside.configuration?.process.stopPatience == .seconds(7))
        #expect(outside.diagnostics.isEmpty)
        // keepalived does not know it anywhere else.
        let inside = globals("child_wait_time 7")
        #expect(inside.configuration?.process.stopPatience == .seconds(5))
        #expect(inside.diagnostics.map(\.message) == ["child_wait_time does nothing in global_defs"])
        #expect(inside.diagnostics.first?.note == "It belongs outside of all blocks.")
        #expect(outside.writer?.text(hidesSecrets: false) == "child_wait_time 7\n")
    }

    @Test func aNamespaceOfItsOwnForServicesIsToldToDoNothing() {
        #expect(loaded("net_namespace blue\nnet_namespace_ipvs blue").diagnostics.isEmpty)
        let other = loaded("net_namespace_ipvs red").diagnostics
        #expect(other.map(\.severity) == [.warning])
        #expect(other.first?.message.hasPrefix("net_namespace_ipvs has no effect here") == true)
    }

    @Test func aFileForWhatIsWrongIsToldToStayEmpty() {
        #expect(globals("reload_check_config").diagnostics.isEmpty)
        let told = globals("reload_check_config /tmp/check").diagnostics
        #expect(told.map { "\($0.line):\($0.column)" } == ["2:21"])
        #expect(told.first?.severity == .warning)
    }

    @Test(arguments: [("", true), (" on", true), (" no", false)])
    func theNamesOfDumpsAreThoseOfTheInstance(word: String, isOn: Bool) throws {
        let loaded = globals("data_use_instance\(word)")
        #expect(loaded.configuration?.process.namesDumps == isOn)
        let dump = try #require(loaded.stateWriter?.files(of: []).first?.text)
        #expect(dump.contains("Use instance name in data dumps") == isOn)
    }

    @Test func theFileOfTheStateIsKept() {
        let loaded = globals("state_dump_file /run/ka.data")
        #expect(loaded.configuration?.process.stateFile == "/run/ka.data")
        #expect(loaded.diagnostics.isEmpty)
    }

    /// Words for failover alone share nothing, and are right.
    @Test(arguments: [
        "vrrp_version 3", "vrrp_strict", "vrrp_garp_master_delay 3", "default_interface eth0", "vrrp_priority -3",
        "json_dump_file /a", "stats_dump_file /a", "nftables", "smtp_alert_vrrp on", "vrrp_garp_interval 0",
    ])
    func wordsOfFailoverAloneShareNothing(line: String) {
        let loaded = globals(line)
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.configuration != nil && loaded.failover == nil)
    }

    /// What is not served is told once for all its words.
    @Test func managementByOthersIsToldOnce() {
        let told = globals("enable_dbus\nenable_snmp_vrrp\nenable_snmp_rfc").diagnostics
        #expect(told.map { "\($0.line):\($0.column) \($0.message)" } == ["2:1 neither SNMP nor DBus is served"])
        #expect(loaded("namespace_with_ipsets").diagnostics.count == 1)
    }
}
