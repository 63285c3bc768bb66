import Configuration
import Diagnostics
import DirectorBench
import IPVS
import Ldirectord
import Testing

/// What ldirectord refuses or takes in an unexpected way, and is accepted with a warning.
struct ToleranceTests {
    /// A text, what is said of it, and what ldirectord says.
    @Test(arguments: [
        (
            "virtual=10.0.0.1:80\n  real=10.0.0.2:80 gate\n  scheduler=rr\n", ["w 2:1 a line indented by 2 blanks"],
            "Unknown command   real=10.0.0.2:80 gate"
        ),
        (
            "virtual=10.0.0.1:80\n    scheduler=rr\n\n    real=10.0.0.2:80 gate\n",
            ["w 4:5 an empty line in the block of a virtual server"],
            "Unknown command     real=10.0.0.2:80 gate"
        ),
        (
            "virtual=10.0.0.1:80\n    scheduler=rr\n     \n    real=10.0.0.2:80 gate\n",
            ["w 3:1 a line of blanks in a block"], "Unknown command \"     \""
        ),
        (
            "  autoreload=yes\nvirtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n",
            ["w 1:1 an indented line that begins a virtual server or is for the whole file"],
            "Unknown command   autoreload=yes"
        ),
        (
            "virtual=10.0.0.1:80\n    real=10.0.0.2:80 gate\n\n  autoreload=yes\n",
            ["w 4:1 an indented line that begins a virtual server or is for the whole file"],
            "Unknown command   autoreload=yes"
        ),
        (
            " virtual=10.0.0.1:80\n    real=10.0.0.2:80 gate\n",
            ["w 1:1 an indented line that begins a virtual server or is for the whole file"],
            "Unknown command  virtual=10.0.0.1:80"
        ),
        (
            "logfile=/var/log/x.log\nvirtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n",
            ["w 1:9 logfile without quotation marks"], "Unknown command logfile=/var/log/x.log"
        ),
        (
            "callback = /bin/x y # why\nvirtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n",
            ["w 1:12 callback without quotation marks"], "Unknown command callback = /bin/x y # why"
        ),
        (
            "virtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n\trequest = a b  # c\n",
            ["w 3:12 request without quotation marks"], "Unknown command \"␉request = a b  # c\""
        ),
        (
            "virtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n\trequest=\"/a#b\"\n",
            ["w 3:10 a # in quotation marks"], "Unknown command \"␉request=\"/a#b\"\""
        ),
        (
            "quiescent=Yes\nvirtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n",
            ["w 1:11 quiescent in capital letters"], "quiescent must be 'yes' or 'no'"
        ),
        (
            "quiescent=yes # really\nvirtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n",
            ["w 1:14 a comment behind quiescent"], "quiescent must be 'yes' or 'no'"
        ),
        (
            "quiescent=yes \nvirtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n",
            ["w 1:14 blanks behind quiescent"], "quiescent must be 'yes' or 'no'"
        ),
        (
            "virtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n\tcleanstop=no # not\n",
            ["w 3:14 a comment behind cleanstop"], "cleanstop must be 'yes' or 'no'"
        ),
        (
            "virtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n\tpersistent=5\n\tnetmask=255.0.0.0 # a\n",
            ["w 4:19 blanks or a comment behind netmask"], "invalid netmask: dotted quad notation is required"
        ),
        (
            "fallback=10.0.0.9:80 gate # local\nvirtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n",
            ["w 1:26 a comment behind fallback"], "forward method must be gate, masq or ipip"
        ),
        (
            "emailalertstatus=all # a\nvirtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n",
            ["w 1:21 blanks or a comment behind emailalertstatus"], "invalid email alert status at: \"all # a\""
        ),
        (
            "virtual=10.0.0.1:80\n\treal=10.0.0.2 -> 10.0.0.3:80 gate\n",
            ["w 2:7 blanks in a range"], "forward method must be gate, masq or ipip"
        ),
        (
            "\u{feff}virtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n",
            ["w 1:1 a byte order mark at the beginning of the file"], "Unknown command \\u{feff}virtual=10.0.0.1:80"
        ),
        (
            "virtual=10.0.0.1:80\r\n\treal=10.0.0.2:80 gate\r\n\tquiescent=yes\r\n",
            ["w 1:20 lines that end in CR LF"],
            "… must be 'yes' or 'no', of every yes and no; other texts keep the CR."
        ),
    ])
    func acceptedWithAWarning(text: String, findings: [String], words: String) {
        let read = reading(text)
        #expect(read.findings == findings)
        #expect(read.diagnostics.first?.note == "ldirectord says: \(words)")
        #expect(read.configuration?.virtualServers.first?.realServers.isEmpty == false)
        let strict = reading(text, isStrict: true)
        #expect(strict.diagnostics.first?.severity == .error)
        #expect(strict.configuration == nil)
    }

    @Test(arguments: [
        ("emailalert=a@b # ops", "a comment behind emailalert"), ("execute=x.cf\t# y", "a comment behind execute"),
        ("maintenancedir=/x # y", "a comment behind maintenancedir"),
        ("fallbackcommand=/bin/x # y", "a comment behind fallbackcommand"),
        ("fallback=junk 10.0.0.9 gate", "only the last two words count"),
        ("fallback=", "no fallback server named"), ("callback=\"\"", "no callback named"),
        ("execute=", "no configuration named"),
        ("smtp=mail:25", "nothing behind the name of the host counts"),
        ("callback=\"/bin/x\" y", "nothing behind the quotation mark counts"),
        ("supervised", "supervised without yes or no"),
        ("checkcount=3", "checkcount is deprecated, and counts the echoes of one ping only"),
        (
            "fallbackcommand=\"/bin/x y\"",
            "the quotation marks are part of the command here: a shell takes what they "
                + "enclose for one word"
        ),
    ])
    func acceptedByBothWithAWarning(line: String, message: String) {
        for isStrict in [false, true] {
            let read = reading(line, isStrict: isStrict)
            #expect(read.diagnostics.map(\.message) == [message])
            #expect(read.configuration != nil)
        }
    }

    @Test(arguments: [
        ("passwd=\"a\"b\"", "a\"b"), ("passwd=\"a\"#b\"", "a"), ("passwd=\"a#b\"", "a#b"), ("passwd=\"a\" b", "a"),
    ])
    func quotationMarks(line: String, password: String) throws {
        let check = try real("service=pop", "login=\"l\"", line, "real=10.0.0.2:80 masq").check
        let expected = Negotiation(.pop(Credentials(login: "l", password: password)))
        #expect(check.method == .negotiate(expected))
    }

    @Test func aMarkThatNothingClosesIsPassedOverWhereNoneIsNeeded() {
        let read = reading(block(["virtualhost=\"a.b", "real=10.0.0.2:80 masq"]))
        #expect(read.findings == ["w 2:17 a quotation mark that nothing closes"])
        let method = read.configuration?.virtualServers.first?.realServers.first?.check.method
        #expect(method == .negotiate(Negotiation(.http(HTTPRequest(target: "/", host: "a.b")))))
    }

    @Test func commentsInAndBetweenBlocks() throws {
        let text = """
            # first
              # second
            virtual=10.0.0.1:80 # web
            # in the first column
                real=10.0.0.2:80 gate # one
                    # deeper
            \treal=10.0.0.3:80 gate
            # last
            \t  scheduler=rr
            checkinterval=5 # global again
            """
        let read = reading(text)
        #expect(read.findings == [])
        let server = try #require(read.configuration?.virtualServers.first)
        #expect(server.realServers.count == 2)
        #expect(server.service.scheduler == "rr")
        #expect(server.interval == .seconds(5))
    }

    @Test func aShortIndentIsToldOnceInABlock() {
        let text =
            "virtual=10.0.0.1:80\n real=10.0.0.2:80 gate\n  scheduler=rr\nvirtual=10.0.0.2:80\n \tscheduler=rr\n   ops=no\n"
        #expect(
            reading(text).findings == [
                "w 2:1 a line indented by 1 blank", "w 6:1 a line indented by 3 blanks",
            ]
        )
    }

    @Test func anEmptyLineEndsABlockQuietly() {
        let read = reading(
            "virtual=10.0.0.1:80\n\treal=10.0.0.2:80 gate\n\n \n\t\nquiescent=yes\nvirtual=1\n\tchecktype=on\n"
                + "\treal=10.0.0.2 gate\n"
        )
        #expect(read.findings == [])
        #expect(read.configuration?.virtualServers.map(\.isQuiescent) == [true, true])
    }

    @Test(arguments: [
        "risecount=2", "httpstatus=200", "digest=d41d8cd98f00b204e9800998ecf8427e", "sni=x", "redirect=no",
        "tlsverify=no", "tlscafile=/x", "reconcile=off", "checkbodylimit=5", "schedfallback=yes",
    ])
    func newDirectivesAreErrorsToThoseWhoAreStrict(line: String) {
        #expect(reading(block([line])).findings == [])
        let name = line.prefix { $0 != "=" }
        #expect(reading(block([line]), isStrict: true).findings == ["2:5 ldirectord has no directive \(name)"])
    }

    @Test func brokenTimesAreOthersToThoseWhoAreStrict() {
        let read = reading("checkinterval=1.5\nvirtual=1\n    real=10.0.0.2 gate\n    checktype=ping\n", isStrict: true)
        #expect(read.findings == ["w 1:15 ldirectord reads 1 seconds"])
        #expect(read.configuration?.virtualServers.first?.interval == .seconds(1))
        #expect(reading("checktimeout=250ms", isStrict: true).findings == ["w 1:14 ldirectord reads 250 seconds"])
        #expect(reading("checktimeout=0.5", isStrict: true).configuration == nil)
    }

    @Test(arguments: [
        ("Wrr", "wrr", "wrr", "w 2:15 taken for wrr"), ("wrr-x", "wrr", "wrr", "w 2:15 only wrr of this value counts"),
        ("2rr", "rr", "rr", "w 2:15 only rr of this value counts"),
    ])
    func schedulers(text: String, name: String, strictName: String, finding: String) {
        let read = reading(block(["scheduler=\(text)"]))
        #expect(read.configuration?.virtualServers.first?.service.scheduler == name)
        #expect(read.findings == [finding])
    }

    @Test func aSchedulerInCapitalLettersIsOtherToThoseWhoAreStrict() {
        let read = reading(block(["scheduler=Wrr"]), isStrict: true)
        #expect(read.configuration?.virtualServers.first?.service.scheduler == "rr")
    }

    @Test func foldersThatDoNotExistAreTold() {
        let text = """
            logfile="/none/x.log"
            maintenancedir=/none/maintenance
            virtual=10.0.0.1:80
            	real=10.0.0.2:80 gate
            	monitorfile=/gone/m.log

            """
        let found = [
            "9 the folder of the log file does not exist", "16 maintenance directory does not exist",
            "14 the folder of the monitor file does not exist",
        ]
        for isStrict in [false, true] {
            let file = LdirectordFile(
                reading: Array(text.utf8),
                name: "cf",
                context: ReadingContext(hostName: "director", isStrictlyCompatible: isStrict)
            )
            #expect(file.questions.folders == ["/none", "/none/maintenance", "/gone"])
            var answers = ConfigurationAnswers(names: NamesOfTests.answers(to: file.questions.names))
            #expect(file.loaded(with: answers).findings == [])
            answers.missingFolders = file.questions.folders
            let findings = file.loaded(with: answers).findings
            #expect(
                findings
                    == zip(["1:", "2:", "5:"], found).map { line, text in
                        (isStrict && line != "2:" ? "" : "w ") + line + text
                    }
            )
        }
    }
}
