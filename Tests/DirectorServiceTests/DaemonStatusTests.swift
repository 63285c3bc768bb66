import Testing

@testable import DirectorService

struct DaemonStatusTests {
    @Test func itReadsBackAsItWasWritten() {
        var status = DaemonStatus(pid: 4711, configuration: "/etc/ha.d/a=b.cf")
        status.phase = .reloading
        status.reloads = 12
        status.outcome = .failed
        status.messages = ["a.cf:1:2: no = sign", "    x", "    ^"]
        status.missing = ["virtual server 10.0.0.1:80"]
        #expect(DaemonStatus(status.text) == status)
    }

    @Test func aLineCannotBeBroken() {
        var status = DaemonStatus(pid: 1, configuration: "a\npid=2")
        status.messages = ["one\nreloads=9"]
        let read = DaemonStatus(status.text)
        #expect(read?.pid == 1 && read?.reloads == 0 && read?.messages == ["one reloads=9"])
    }

    @Test func whatIsMissingIsBounded() {
        var status = DaemonStatus(pid: 1, configuration: "a")
        status.missing = (1...5000).map { "virtual server 10.0.0.1:\($0)" }
        let read = DaemonStatus(status.text)
        #expect(read?.missing.count == 101 && read?.missing.last == "4900 more")
    }

    @Test(arguments: ["", "pid=1", "nothing", "pid=x\nconfiguration=\nphase=running\nreloads=0\noutcome=loaded"])
    func otherTextIsNone(_ text: String) {
        #expect(DaemonStatus(text) == nil)
    }

    @Test(arguments: [("/etc/ha.d/ldirectord.cf", "ldirectord.cf"), ("web.cf", "web.cf"), ("/x/", "")])
    func theInstanceIsTheLastPartOfThePath(_ path: String, _ instance: String) {
        #expect(DaemonOptions(configuration: path).instance == instance)
    }
}
