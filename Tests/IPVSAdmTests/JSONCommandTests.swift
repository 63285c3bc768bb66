import Addresses
import IPVS
import IPVSAdm
import Testing

struct JSONCommandTests {
    /// A kernel that has the example table.
    final class Kernel: IPVSKernel {
        func information() -> KernelInformation { ExampleTable.information }
        func snapshot<Row>(statistics: Bool, _ row: (ServiceStatus) -> Row) -> [Row] {
            ExampleTable.snapshot.services.map(row)
        }

        func service(_ key: ServiceKey) throws(IPVSError) -> ServiceStatus {
            guard let status = ExampleTable.snapshot.services.first(where: { $0.service.key == key }) else {
                throw .refused(.noSuchService)
            }
            return status
        }

        func timeouts() -> Timeouts { Timeouts(tcp: 900, tcpFin: 120, udp: 300) }
        func daemons() -> [SyncDaemon] { SettingsListingTests.daemons }

        func forEachConnection(_ body: (Connection) -> Bool) {
            for line in ["TCP 0A010001 0FA1 0A000001 0050 0A010002 0050 SYN_RECV 58", "IP 0 0"] {
                if let connection = Connection(line: line), !body(connection) { return }
            }
        }

        func apply(_ changeset: Changeset) -> ApplyReport { ApplyReport(count: changeset.changes.count) }
    }

    @Test
    func theWholeTableHasTheRecordedForm() throws {
        let outcome = ExampleHost(Kernel()).run("ipvsadm -L --json")
        #expect(outcome == .init(status: 0, output: try Fixture.listing("table.json")))
    }

    @Test(
        arguments: [
            (
                "-L --timeout --json",
                #"{"format":1,"timeouts":{"tcp":900,"tcpFin":120,"udp":300}}"#
            ),
            (
                "-L -c --json",
                #"{"format":1,"connections":[{"protocol":"tcp","state":"SYN_RECV","expires":58,"#
                    + #""source":{"address":"10.1.0.1","port":4001},"virtual":{"address":"10.0.0.1","port":80},"#
                    + #""destination":{"address":"10.1.0.2","port":80}}]}"#
            ),
            (
                "-L -f 2147483647 --json",
                #"{"format":1,"kernel":{"version":"1.2.1","connectionTableSize":4096},"services":[{"family":"ipv4","#
                    + #""mark":2147483647,"scheduler":"nq","schedulerFlags":[],"onePacket":false,"persistence":null,"#
                    + #""persistenceEngine":null,"statistics":{"connections":0,"incomingPackets":0,"#
                    + #""outgoingPackets":0,"incomingBytes":0,"outgoingBytes":0},"rates":{"connections":0,"#
                    + #""incomingPackets":0,"outgoingPackets":0,"incomingBytes":0,"outgoingBytes":0},"#
                    + #""destinations":[]}]}"#
            ),
        ]
    )
    func eachQuestionHasItsOwnMembers(words: String, json: String) {
        let outcome = ExampleHost(Kernel()).run("ipvsadm \(words)")
        #expect(outcome.status == 0)
        #expect(outcome.output.filter { $0 != " " && $0 != "\n" } == json)
        #expect(outcome.output.hasSuffix("}\n"))
    }

    @Test
    func daemonsAreAnsweredAlone() {
        let outcome = ExampleHost(Kernel()).run("ipvsadm -L --daemon --json")
        #expect(outcome.output.hasPrefix("{\n  \"format\": 1,\n  \"daemons\": [\n    {\n      \"role\": \"master\",\n"))
    }
}
