import LabSupport
import Testing

extension FaultTests {
    /// Machines that lack something.
    struct SurroundingsFaultTests {
        @Test func withoutProcEverythingElseWorks() throws {
            try Namespace.fresh {
                let shell = try Shell()
                let script = """
                    ipvsadm -v && ipvsadm -A -t 10.0.0.1:80 -s rr && ipvsadm -A -f 1 -6 -s rr && ipvsadm-save -n | tee rules
                    ipvsadm -Ln && ipvsadm -C && ipvsadm-restore <rules && ipvsadm -Sn
                    """
                let expected = try shell.run(script)
                #expect(expected.status == 0)
                #expect(try shell.run("ipvsadm -C; mount -t tmpfs tmpfs /proc; \(script)", isAlone: true) == expected)
            }
        }
    }
}
