import Addresses
import Diagnostics
import IPVS
import Testing

@testable import Rules

/// What is said below the original's message about words that are no command.
struct CommandAdviceTests {
    /// A command line, its words parted by blanks, and the advice on it.
    struct Case: CustomTestStringConvertible {
        let line: String
        let advice: String?

        init(_ line: String, _ advice: String?) {
            self.line = line
            self.advice = advice
        }

        var testDescription: String { line }
    }

    /// Answers no name.
    private struct Nameless: NameService {
        func address(ofHost name: String) -> IPv4Address? { nil }
        func port(ofService name: String, _ transport: TransportProtocol) -> UInt16? { nil }
        func name(ofHost address: IPAddress) -> String? { nil }
        func name(ofPort port: UInt16, _ transport: TransportProtocol) -> String? { nil }
    }

    private func advice(on line: String) throws -> String? {
        let words = line.split(separator: " ").map(String.init)
        var found: UsageError?
        do {
            _ = try CommandParser(names: Nameless()).parse(words)
        } catch {
            found = error
        }
        return CommandParser.advice(on: words, try #require(found, "\(line): a command after all"))
    }

    static let characters = [
        Case("–A -t 10.0.0.1:80", "- (U+002D) instead of – (U+2013): -A"),
        Case("-A —tcp-service 10.0.0.1:80", "- (U+002D) instead of — (U+2014): --tcp-service"),
        Case("–add-service -t 10.0.0.1:80", "- (U+002D) instead of – (U+2013): --add-service"),
        Case("-L --persistent–conn", "- (U+002D) instead of – (U+2013): --persistent-conn"),
        Case("−L −n", "- (U+002D) instead of − (U+2212): -L"),
        Case("‐L", "- (U+002D) instead of ‐ (U+2010): -L"),
        Case("-a -t 10.0.0.1:80 -r 10.0.0.2:80 –m", "- (U+002D) instead of – (U+2013): -m"),
        Case("-a -t 10.0.0.1:80 -r 10.0.0.2:80 –weight=3", "- (U+002D) instead of – (U+2013): --weight=3"),
        Case("-A\u{a0}-t 10.0.0.1:80", "a blank (U+0020) instead of U+00A0: -A -t"),
        Case("-A -t\u{2003}10.0.0.1:80", "a blank (U+0020) instead of U+2003: -t 10.0.0.1:80"),
        Case("-A -t “10.0.0.1:80”", "\" (U+0022) or nothing instead of “ (U+201C): 10.0.0.1:80"),
        Case("-A -t 10.0.0.1:80\u{200b}", "nothing instead of U+200B, which cannot be seen: 10.0.0.1:80"),
        Case("\u{feff}-A -t 10.0.0.1:80", "nothing instead of U+FEFF, which cannot be seen: -A"),
    ]

    static let options = [
        Case("-L -n --connections", "--connection"), Case("-L --conn", "--connection"),
        Case("-a -t 10.0.0.1:80 -r 10.0.0.2:80 --masq", "--masquerading"),
        Case("-a -t 10.0.0.1:80 -r 10.0.0.2:80 --nat", "--masquerading"),
        Case("-a -t 10.0.0.1:80 -r 10.0.0.2:80 --gateway", "--gatewaying"),
        Case("-a -t 10.0.0.1:80 -r 10.0.0.2:80 --wieght 3", "--weight"),
        Case("-a -t 10.0.0.1:80 --realserver 10.0.0.2:80", "--real-server"),
        Case("-a -t 10.0.0.1:80 --real_server=10.0.0.2:80", "--real-server"),
        Case("-A --tcp 10.0.0.1:80", "--tcp-service"), Case("-A -f 1 --shceduler rr", "--scheduler"),
        Case("-A -f 1 --persistence 300", "--persistent"), Case("-A -f 1 --persistent-timeout 300", "--persistent"),
        Case("-A -f 1 --sched rr", "--scheduler or --sched-flags"), Case("-L --exakt", "--exact"),
        Case("-L --statistics", "--stats"), Case("-L --THRESHOLDS", "--thresholds"),
        Case("-S --numeric-only", "--numeric"), Case("--start-daemon master --mcast-if eth0", "--mcast-interface"),
        Case("--start-daemon master --sync-id 3", "--syncid"), Case("--stop-deamon master", "--stop-daemon"),
        Case("--flush", "--clear"), Case("--delete -t 10.0.0.1:80", "--delete-service or --delete-server"),
        Case("--lst", "--list"), Case("--zeor", "--zero"), Case("--restor", "--restore"), Case("--sav", "--save"),
        Case("-list", "two dashes before a long name: --list"),
        Case("-A -tcp-service 10.0.0.1:80", "two dashes before a long name: --tcp-service"),
        Case("-L -connection", "two dashes before a long name: --connection"),
        Case("list", "two dashes before a long name: --list"),
        Case("-L -N", "-n instead of -N: large and small letters differ"),
        Case("-A -T 10.0.0.1:80", "-t instead of -T: large and small letters differ"),
        Case("-A -f 1 --frobnicate", nil), Case("-A -f 1 -q", nil), Case("-A -f 1 -kv", nil),
        Case("frob", "a command such as -A, -E, -D, -a, -e, -d, -C or -Z"),
    ]

    static let values = [
        Case("-A -t 10.0.0.0/24", "one address, without a prefix length: 10.0.0.0"),
        Case("-A -t 10.0.0.1/24:80", "one address, without a prefix length: 10.0.0.1"),
        Case("-A -t10.0.0.0/8", "one address, without a prefix length: 10.0.0.0"),
        Case("-A --tcp-service=10.0.0.0/8", "one address, without a prefix length: 10.0.0.0"),
        Case("-A -t http://10.0.0.1:80", "an address as in 10.0.0.1:80, without http://"),
        Case("-A -t 10.0.0.1:80/tcp", "an address as in 10.0.0.1:80, without /tcp"),
        Case("-A -t 10.0.0.1:80,443", "one address and one port; each more is a service or a server of its own"),
        Case("-A -t [2001:db8::1]", "[2001:db8::1]:PORT, or 2001:db8::1 without a port"),
        Case("-A -t 2001:db8::1:80", "brackets around an IPv6 address with a port: [2001:db8::1]:80"),
        Case("-A -t 10.0.0.1", "a port, or -p"),
        Case("-a -t 10.0.0.1:80 -r 10.0.0.2/24", "one address, without a prefix length: 10.0.0.2"),
        Case("-a -t 10.0.0.1:80 -r gone", "an address as in 10.0.0.1:80 or [2001:db8::1]:80"),
        Case("-A -t 10.0.0.1 80 -s rr", "address and port in one word: 10.0.0.1:80"),
        Case("-a -t 10.0.0.1:80 10.0.0.2:80 -m", "-r before the address of a server: -r 10.0.0.2:80"),
        Case("-A -t 10.0.0.1:80 rr", "-s before a scheduler: -s rr"),
        Case("-A -t 10.0.0.1:80 -p 300 -M /24", "a mask, which for a prefix length of 24 is 255.255.255.0"),
    ]

    @Test(arguments: characters + options + values)
    func itSaysWhatWasProbablyMeant(example: Case) throws {
        #expect(try advice(on: example.line) == example.advice)
    }

    /// The same stands with a line of a restore.
    @Test func aLineOfRulesIsAdvisedToo() {
        let input = RestoreInput(Array("–A -t 10.0.0.1:80\n".utf8), name: "rules")
        let found = RestoreScript(input, names: Nameless()).check().inOrder
        #expect(found.map(\.expected) == ["- (U+002D) instead of – (U+2013): -A"])
    }

    /// Whatever the words are, advice on them ends, and is one line.
    @Test func garbageIsAdvisedInOneLine() {
        for word in [
            "-", "--", "--=", "-=", "--\u{301}", String(repeating: "–", count: 1 << 16),
            "--" + String(repeating: "a", count: 1 << 16),
        ] {
            do {
                _ = try CommandParser(names: Nameless()).parse(["-A", word, word])
            } catch {
                #expect(CommandParser.advice(on: ["-A", word, word], error)?.contains("\n") != true)
            }
        }
    }
}
