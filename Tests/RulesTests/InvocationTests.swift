import Addresses
import IPVS
import Rules
import Testing

struct InvocationTests {
    private let parser = CommandParser(names: NamesOfTests())

    @Test(arguments: [
        "--netns blue --explain -L", "-L --netns blue --explain", "--netns=blue -L --explain", "--explain --netns blue",
        "--explain -L --netns blue",
    ])
    func optionsOfTheProcessStandAnywhere(text: String) throws {
        let invocation = try parser.parse(words(text))
        #expect(invocation == Invocation(command: .list(Listing()), namespace: "blue", explains: true))
    }

    @Test(arguments: [
        ("--netns a --netns b -L", "multiple 'netns' options specified", 2),
        ("-L --netns a --netns b", "multiple 'netns' options specified", 2),
        ("--explain -L --explain", "multiple 'explain' options specified", 2),
        ("--netns= -L", "illegal netns specified", 2),
        ("-L --netns", "--netns: missing argument", 255),
        ("-L --explain=1", "--explain=1: option does not take an argument", 255),
        ("-S --json", "Illegal 'json' option with the 'save' command", 2),
        ("-L --json --json", "multiple 'json' options specified", 2),
    ])
    func refusesOptionsOfOurOwnAsTheOriginalWould(text: String, message: String, status: Int32) {
        #expect(usageError(text)?.message == message)
        #expect(usageError(text)?.status == status)
    }

    @Test(arguments: ["--netns", "--json", "--netns blue foo", "--explain -q", "foo", "-n", "--"])
    func givesTheHintWhenThereIsNoCommand(text: String) {
        guard text != "--" else {
            #expect(throws: Never.self) { try parser.parse(["--"]) }
            return
        }
        #expect(usageError(text)?.message == nil)
        #expect(usageError(text)?.status == 255)
    }

    @Test func noWordsListTheTable() throws {
        #expect(try parser.parse([]).command == .list(Listing()))
    }

    @Test func theMessageAboutFamiliesEndsInAnEmptyLine() {
        #expect(usageError("-A -6 -f 1")?.message == "-6 used before -f\n")
    }

    @Test(arguments: [
        ("-L -n", Listing.Subject.table, Listing.Columns.standard),
        ("-Ln --stats --rate", .table, .statistics),
        ("-Ln --rate --thresholds", .table, .rates),
        ("-Ln --thresholds --persistent-conn", .table, .thresholds),
        ("-Ln --persistent-conn --tun-info", .table, .persistentConnections),
        ("-Ln --tun-info", .table, .tunnels),
        ("-Lnc", .connections, .standard),
        ("-Lnc --persistent-conn", .connections, .persistentConnections),
        ("-Ln --timeout", .timeouts, .standard),
        ("-Ln --daemon --tun-info", .daemons, .tunnels),
        ("-Ln -f 9 -6 --stats", .service(.mark(9, .ipv6)), .statistics),
    ])
    func knowsWhatToList(text: String, subject: Listing.Subject, columns: Listing.Columns) throws {
        var listing = Listing()
        listing.subject = subject
        listing.columns = columns
        listing.isNumeric = true
        #expect(try parser.parse(words(text)).command == .list(listing))
    }

    @Test func everySwitchOfAListingIsNoted() throws {
        var listing = Listing()
        listing.isExact = true
        listing.isSorted = false
        listing.isJSON = true
        #expect(try parser.parse(words("--list --sort --nosort -X --json")).command == .list(listing))
    }

    @Test(arguments: [
        ("-S", Command.save(numeric: false)), ("-Sn", .save(numeric: true)), ("-R", .restore), ("-h -q", .help),
        ("-v --bogus", .version), ("-C", .change(.flush)),
    ])
    func readsCommandsWithoutValues(text: String, command: Command) throws {
        #expect(try parser.parse(words(text)).command == command)
    }

    @Test(arguments: [
        ("-Ln -X -t 10.0.0.1:80", "--list --numeric --exact --tcp-service=10.0.0.1:80"),
        ("-l -c", "--list --connection"),
        (
            "-A -u 10.0.0.1:80 -s mh -p 3 -M 255.0.0.0 -o -b flag-1",
            "--add-service --udp-service 10.0.0.1:80 --scheduler mh --persistent 3 --netmask 255.0.0.0 --ops "
                + "--sched-flags flag-1"
        ),
        ("-E -f 1 -6", "--edit-service --fwmark-service 1 --ipv6"), ("-D -f 1", "--delete-service --fwmark-service=1"),
        (
            "-a -f 1 -r 10.0.0.1 -m -w 2 -x 3 -y 4",
            "--add-server --fwmark-service 1 --real-server 10.0.0.1 --masquerading --weight 2 --u-threshold 3 "
                + "--l-threshold 4"
        ),
        ("-e -f 1 -r 10.0.0.1 -i", "--edit-server --fwmark-service 1 --real-server 10.0.0.1 --ipip"),
        ("-e -f 1 -r 10.0.0.1 -g", "--edit-server --fwmark-service 1 --real-server 10.0.0.1 --gatewaying"),
        ("-d -f 1 -r 10.0.0.1", "--delete-server --fwmark-service 1 --real-server 10.0.0.1"), ("-C", "--clear"),
        ("-Z", "--zero"), ("-R", "--restore"), ("-S -n", "--save --numeric"), ("-h", "--help"), ("-v", "--version"),
    ])
    func longNamesMeanWhatLettersMean(short: String, long: String) throws {
        #expect(try parser.parse(words(short)) == parser.parse(words(long)))
    }

    @Test func editingReplacesEverything() throws {
        let web = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0001)), port: 80)
        let key = ServiceKey.endpoint(.tcp, web)
        #expect(try parser.parse(words("-E -t 10.0.0.1:80")).command == .change(.editService(VirtualService(key: key))))
        let server = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0101)), port: 80)
        #expect(
            try parser.parse(words("-e -t 10.0.0.1:80 -r 10.0.1.1:9")).command
                == .change(.editDestination(Destination(endpoint: server), of: key))
        )
    }

    @Test func longNamesAreCutWithoutDividingACharacter() throws {
        let words = ["-A", "-f", "1", "-s", "fourteen-bytesé", "--pe", "sixteen-bytes-ab€"]
        guard case .change(.addService(let service)) = try parser.parse(words).command else {
            Issue.record("not a service")
            return
        }
        #expect(service.scheduler == "fourteen-bytes")
        #expect(service.persistenceEngine == "sixteen-bytes-ab")
    }

    @Test(arguments: [
        ("-A -t 10.0.0.1:80 -s", "missing argument", 3), ("-A -t nowhere:80", "illegal virtual server", 2),
        ("-a -t 10.0.0.1:80 -r 10.0.0.2 -w x", "illegal weight", 6), ("-A -t 10.0.0.1:80 -w 1", "Illegal 'weight'", 3),
        ("-A -s rr", "You need to supply", 0), ("-A -f 1 -q", "unknown option", 3),
        ("-A -f 1 -D", "a second command", 3),
        ("-A -f 1 foo", "unexpected argument", 3), ("-A -f 1 -b flag-9", "invalid scheduler flag", 4),
        ("-n -A", "a rule begins with a command", 0), ("-A -f 0", "invalid fwmark value specified", 2),
        ("-A -f 1 -p 0", "invalid timeout value specified", 4), ("--set 1 2", "--set option requires", 2),
        ("--set 1 x 2", "invalid timeout value specified", 2), ("--start-daemon x", "illegal start-daemon", 1),
        ("-A -f 1 -o -o", "multiple 'ops'", 4), ("-A -6 -f 1", "-6 used before -f", 1),
    ])
    func blamesAWord(text: String, reason: String, word: Int) throws {
        let error = try #require(usageError(text))
        #expect(error.reason.hasPrefix(reason))
        #expect(error.word == word)
    }

    private func usageError(_ text: String) -> UsageError? {
        do {
            _ = try parser.parse(words(text))
            return nil
        } catch {
            return error
        }
    }
}

/// The words of a text with single blanks.
func words(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
}
