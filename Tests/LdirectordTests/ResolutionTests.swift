import Addresses
import Configuration
import Diagnostics
import DirectorBench
import IPVS
import Ldirectord
import Testing

/// What becomes of names that do not resolve.
struct ResolutionTests {
    private static let text = """
        fallback=sorry
        virtual=www.example.com:http
            real=web1:80 gate
            real=web2:80 gate
        virtual=10.0.0.2:80
            real=web2:80 gate
        """

    private static let file = LdirectordFile(
        reading: Array(text.utf8),
        name: "cf",
        context: ReadingContext(hostName: "h")
    )

    private static func answers(without missing: String...) -> [NameQuestion: NameAnswer] {
        NamesOfTests.answers(to: file.questions.names).filter { question, _ in
            switch question {
            case .host(let name, _), .service(let name, _): !missing.contains(name)
            }
        }
    }

    private static func loaded(
        _ names: [NameQuestion: NameAnswer],
        _ unresolved: UnresolvedNames = .refuse
    ) -> LoadedConfiguration {
        file.loaded(with: ConfigurationAnswers(names: names), unresolved: unresolved)
    }

    @Test func everyNameIsAskedFor() {
        #expect(
            Self.file.questions.names == [
                .host("sorry", .ipv4), .host("www.example.com", .ipv4), .service("http", .tcp), .host("web1", .ipv4),
                .host("web2", .ipv4),
            ]
        )
        #expect(Self.file.diagnostics.isEmpty)
        #expect(!Self.file.hasErrors)
    }

    @Test func aReadingTellsTheAnswersInEffect() {
        let read = Self.loaded(Self.answers())
        #expect(read.diagnostics.isEmpty)
        #expect(read.answers == Self.answers())
        #expect(read.unresolved == [])
        #expect(read.configuration?.virtualServers.map(\.realServers.count) == [2, 1])
    }

    @Test func atAFirstStartItIsAnError() {
        var answers = Self.answers(without: "web1")
        answers[.host("web2", .ipv4)] = .unresolved("no answer within 5 s")
        let read = Self.loaded(answers)
        #expect(
            read.findings == [
                "3:10 invalid address (web1) for real server (could not resolve host)",
                "4:10 invalid address (web2) for real server (could not resolve host)",
                "6:10 invalid address (web2) for real server (could not resolve host)",
            ]
        )
        #expect(
            read.diagnostics.map(\.note) == [
                "its name was not looked up", "no answer within 5 s", "no answer within 5 s",
            ]
        )
        #expect(read.configuration == nil)
        #expect(read.unresolved == [.host("web1", .ipv4), .host("web2", .ipv4)])
    }

    @Test func leniencyLeavesOutWhatNeedsIt() {
        let read = Self.loaded(Self.answers(without: "web2", "sorry"), .leaveOut)
        #expect(
            read.findings == [
                "w 1:10 invalid IPv4 address or could not resolve for fallback server: sorry; the fallback is left out",
                "w 4:10 invalid address (web2) for real server (could not resolve host); the server is left out",
                "w 6:10 invalid address (web2) for real server (could not resolve host); the server is left out",
            ]
        )
        #expect(read.configuration?.virtualServers.map(\.realServers.count) == [1, 0])
        #expect(read.configuration?.virtualServers.map(\.fallback) == [nil, nil])
        let other = Self.loaded(Self.answers(without: "http"), .leaveOut)
        #expect(other.findings == ["w 2:9 invalid address for virtual service; the service is left out"])
        #expect(other.configuration?.virtualServers.map(\.place?.line) == [5])
    }

    @Test func atAReloadAServerKeepsItsLastAddress() {
        let previous = Self.answers(without: "web2")
        let read = Self.loaded(Self.answers(without: "web1", "web2", "www.example.com"), .keep(previous))
        #expect(
            read.findings == [
                "w 2:9 www.example.com:http keeps its last address 10.0.0.1",
                "w 3:10 web1 keeps its last address 10.0.0.11",
                "w 4:10 invalid address (web2) for real server (could not resolve host); the server is left out",
                "w 6:10 invalid address (web2) for real server (could not resolve host); the server is left out",
            ]
        )
        #expect(read.configuration?.virtualServers.map(\.realServers.count) == [1, 0])
        #expect(read.answers == previous)
        #expect(read.unresolved == [.host("web1", .ipv4), .host("web2", .ipv4), .host("www.example.com", .ipv4)])
    }

    @Test func atAReloadANewAnswerCounts() {
        var answers = Self.answers()
        answers[.host("web1", .ipv4)] = .address(.v4(IPv4Address(value: 0x0a00_0063)))
        let read = Self.loaded(answers, .keep(Self.answers()))
        #expect(read.diagnostics.isEmpty)
        #expect(
            read.configuration?.virtualServers.first?.destinations.first?.endpoint.description
                == "10.0.0.99:80"
        )
    }

    @Test func answersOfTheWrongKindAreNone() {
        let read = Self.loaded(Self.answers().mapValues { _ in .address(.v6(.any)) }, .leaveOut)
        #expect(read.configuration?.virtualServers.map(\.realServers.count) == [0])
    }

    @Test func theHostOfAURLIsAskedForToo() {
        let text = block([#"real=10.0.0.2:80 gate "http://nobody/x","y""#])
        let read = reading(text)
        #expect(
            read.findings == ["w 2:10 the host nobody of the request is not known, and the check fails until it is"]
        )
        #expect(reading(text + "    checktype=connect\n").findings == [])
    }
}
