import Console
import IPVS
import IPVSAdm
import System
import Testing

struct SaveProgramTests {
    private static let rules = """
        -A -t 10.0.0.1:80 -s wrr
        -a -t 10.0.0.1:80 -r 10.1.0.2:8080 -m -w 3 -x 9 -y 4
        -A -f 7 -6 -s lc -p 360

        """
    private static let settings = """
        --set 10 20 30
        --start-daemon master --mcast-interface lo --syncid 7 --sync-maxlen 1472 --mcast-group 224.0.0.81 \
        --mcast-port 8848 --mcast-ttl 1

        """

    private static func host() -> ExampleHost {
        let host = ExampleHost()
        let settings = "--set 10 20 30\n--start-daemon master --mcast-interface lo --syncid 7\n"
        #expect(host.run("ipvsadm -R", input: rules + settings) == .init(status: 0))
        return host
    }

    @Test
    func thresholdsAreSavedAndSettingsOnDemand() {
        let host = Self.host()
        #expect(host.run("ipvsadm -Sn") == .init(status: 0, output: Self.rules))
        #expect(host.run("ipvsadm-save -n word") == .init(status: 0, output: Self.rules))
        #expect(host.run("ipvsadm-save -n --all") == .init(status: 0, output: Self.rules + Self.settings))
    }

    @Test
    func whatIsSavedRestoresTheSame() throws {
        let host = Self.host()
        let saved = host.run("ipvsadm-save --all")
        let other = ExampleHost()
        #expect(other.run("ipvsadm-restore", input: saved.output) == .init(status: 0))
        #expect(other.run("ipvsadm-save --all") == saved)
        #expect(saved.output.contains("-a -t 10.0.0.1:http -r 10.1.0.2:http-alt -m -w 3 -x 9 -y 4\n"))
    }

    @Test(arguments: ["-o rules", "--output rules", "--output=rules"])
    func aFileIsReplacedWhenItIsComplete(words: String) {
        let host = Self.host()
        host.files = ["rules": "old"]
        #expect(host.run("ipvsadm-save -n \(words)") == .init(status: 0))
        #expect(host.files == ["rules": Self.rules])
        #expect(host.discardedFiles.isEmpty)
    }

    @Test
    func aFullDiskLeavesTheOldFile() {
        let host = Self.host()
        host.files = ["rules": "old"]
        host.fileFailure = SystemFailure(call: "write", number: 28)
        #expect(
            host.run("ipvsadm-save -n -o rules")
                == .init(status: 1, errors: "ipvsadm-save: rules: No space left on device\n")
        )
        #expect(host.files == ["rules": "old"])
        #expect(host.discardedFiles == ["rules"])
    }

    @Test
    func anUnreadableTableLeavesTheOldFile() {
        let kernel = RecordingKernel()
        kernel.readFailure = .unsettled(attempts: 5)
        let host = ExampleHost(kernel)
        #expect(
            host.run("ipvsadm-save -o rules")
                == .init(status: 1, errors: "The table changed during each of 5 attempts to read it\n")
        )
        #expect(host.files.isEmpty)
        #expect(host.discardedFiles == ["rules"])
    }

    @Test(arguments: ["-x", "-nx", "--al", "--output", "-o", "--netns"])
    func unknownOptionsAreAnsweredWithTwoLines(word: String) {
        let outcome = ExampleHost().run("/sbin/ipvsadm-save \(word)")
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.split(separator: "\n").count == 2)
    }
}
