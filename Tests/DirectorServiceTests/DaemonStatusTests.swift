import Testing

@testable import DirectorService

struct DaemonStatusTests {
    @Test func itReadsBackAsItWasWritten() {
        var status = DaemonStatus(pid: 4711, configuration: "/etc/ha.d/a=b.cf")
        status.phase = .reloading
        status.reloads = 12
        status.outcome = .failed
        status.messages = ["a.cf:1:2: no = sign", "    x", "    ^"]
        #expect(DaemonStatus(status.text) == status)
    }

    @Test func aLineCannotBeBroken() {
        var status = DaemonStatus(pid: 1, configuration: "a\npid=2")
        status.messages = ["one\nreloads=9"]
        let read = DaemonStatus(status.text)
        #expect(read?.pid == 1 && read?.reloads == 0 && read?.messages == ["one reloads=9"])
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
