import Addresses
import Configuration
import Ldirectord
import TestKit
import Testing

/// What `directrix show` prints is a configuration of the same meaning, whatever it was made of.
struct ShownConfigurationTests {
    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 14])
    func damagedFilesReadBackToTheSame(seed: UInt64) throws {
        var random = Random(seed: seed)
        let samples = try [
            "ldirectord/good/web.cf", "ldirectord/good/everything.cf", "ldirectord/good/marks-and-ipv6.cf",
            "ldirectord/good/new-directives.cf", "ldirectord/good/tolerated.cf", "ldirectord/good/traps.cf",
            "director/web.cf",
        ].map { Array(try SourceTree.text(of: "Fixtures/\($0)").utf8) }
        var count = 0
        for round in 0..<4000 {
            let bytes = random.damaged(samples)
            let read = Self.reading(bytes)
            guard let before = Self.meaning(of: read), let directives = read.effectiveDirectives else { continue }
            count += 1
            let shown = Self.text(of: directives)
            let again = Self.reading(shown)
            let place = "seed \(seed), round \(round):\n\(String(decoding: bytes, as: UTF8.self))\n---\n"
            guard Self.meaning(of: again) == before else {
                Issue.record("\(place)\(String(decoding: shown, as: UTF8.self))\n\(again.diagnostics)")
                return
            }
            let secondText = again.effectiveDirectives.map(Self.text)
            #expect(secondText == shown, "\(place)")
        }
        #expect(count > 500, "seed \(seed)")
    }

    /// An own fallback whose name nobody knows is none, though the file has one for all.
    @Test func aServerWithoutAFallbackKeepsNone() {
        let text =
            "fallback=10.0.0.9:80\nvirtual=10.0.0.1:80\n\tfallback=xnobody:80\nvirtual=10.0.0.2:80\n\treal=10.0.0.3 gate\n"
        let read = Self.reading(Array(text.utf8))
        #expect(read.configuration?.virtualServers.map { $0.standby != nil } == [false, true])
        let shown = read.effectiveDirectives.map(Self.text) ?? []
        #expect(Self.meaning(of: Self.reading(shown)) == Self.meaning(of: read))
    }

    @Test(arguments: [
        "emailalertfrom=\"a # b\"\n", "emailalert=\"a@b, #c@d\"\n", "maintenancedir=\"/a #b\"\n", "execute='x #y.cf'\n",
        "checkcount=4\nvirtual=1\n\tchecktype=ping\n\tcheckcount=1\n\treal=10.0.0.1 gate\n",
        "fallbackcommand=\"x # y\" z\nvirtual=1\n\treal=10.0.0.1 gate\n",
        "schedfallback=yes\nvirtual=1\n\tscheduler=mh\n\treal=10.0.0.1 gate\nvirtual=2\n\tscheduler=sh\n\tschedfallback=no\n",
        "virtual=1\n\treal=10.0.0.1 gate\n\tservicename='x'\u{a0}\n",
    ])
    func singleOnes(text: String) throws {
        let read = Self.reading(Array(text.utf8))
        let before = try #require(Self.meaning(of: read))
        let shown = Self.text(of: try #require(read.effectiveDirectives))
        #expect(Self.meaning(of: Self.reading(shown)) == before, "\(String(decoding: shown, as: UTF8.self))")
    }

    @Test func secretsAreHidden() throws {
        let text =
            "virtual=1\n\tservice=radius\n\tlogin=\"bob\"\n\tpasswd=\"hunter2\"\n\tsecret=\"hunter2\"\n\treal=10.0.0.1 gate\n"
        let directives = try #require(Self.reading(Array(text.utf8)).effectiveDirectives).hidingSecrets
        let shown = String(decoding: Self.text(of: directives), as: UTF8.self)
        #expect(!shown.contains("hunter2") && !shown.contains("bob"))
        #expect(shown.contains("\tlogin=\"hidden\"\n\tpasswd=\"hidden\"\n"))
        #expect(shown.contains("\tsecret=\"hidden\"\n"))
    }

    private static func text(of directives: EffectiveDirectives) -> [UInt8] {
        Array(directives.text.utf8)
    }

    private static func reading(_ bytes: [UInt8]) -> LoadedConfiguration {
        let file = LdirectordFile(
            reading: bytes,
            name: "cf",
            context: ReadingContext(hostName: "director")
        )
        let answers = Dictionary(uniqueKeysWithValues: file.questions.names.map { ($0, answer(to: $0)) })
        return file.loaded(with: ConfigurationAnswers(names: answers), unresolved: .leaveOut)
    }

    /// A world in which most names are known.
    private static func answer(to question: NameQuestion) -> NameAnswer {
        switch question {
        case .host(let name, _) where name.hasPrefix("x"): .unresolved("no such host")
        case .host(let name, .ipv4): .address(.v4(IPv4Address(value: 0x0a00_0000 | UInt32(name.utf8.count))))
        case .host(let name, .ipv6): .address(.v6(IPv6Address(high: 0xfd00 << 48, low: UInt64(name.utf8.count))))
        case .service(let name, _):
            name.hasPrefix("x") ? .unresolved("no such service") : .port(UInt16(name.utf8.count))
        }
    }

    /// The configuration without the places of things and the names of hosts.
    private static func meaning(of reading: LoadedConfiguration) -> DirectorConfiguration? {
        var configuration = reading.configuration
        for virtual in (configuration?.virtualServers ?? []).indices {
            configuration?.virtualServers[virtual].place = nil
            for real in (configuration?.virtualServers[virtual].realServers ?? []).indices {
                configuration?.virtualServers[virtual].realServers[real].place = nil
                configuration?.virtualServers[virtual].realServers[real].hostName = nil
            }
        }
        return configuration
    }

    /// Damages texts in ways that are alike for the same seed.
    private struct Random {
        private var state: UInt64

        init(seed: UInt64) {
            state = seed
        }

        private static let pieces: [[UInt8]] = [
            "\"", "'", "“", "#", " # ", "=", ",", "->", "::", "[", "]", "\n", "\t", "\nvirtual=7\n", "\n\tfallback=",
            "\n\tfallback=xnone\n", "\nfallback=10.0.0.9\n", "\nfallback6=[::9]:80 masq\n", "\ncheckcount=3\n",
            "\n\tcheckcount=1\n", "\n\tprotocol=udp\n", "\n\tchecktimeout=3\n", "\nnegotiatetimeout=4\n", " l:5",
            " u:9",
            "\n\tcomment=\"", "\n\tservicename='x'\n", "\nemailalert=\"a@b #c\"\n", "\n\tsni=\n",
            "\n\tvirtualhost=a.b\n",
            "\n\tpersistent=0\n", "\n\tscheduler=mh\n", "\nschedfallback=yes\n", "\\", "\u{a0}", "0", "x",
            "\n\treal=10.0.0.1->10.0.0.9:80 gate\n", " \"http://xnone/y\", \"z\"", "\n\tquiescent=no\n",
        ].map { Array($0.utf8) }

        mutating func damaged(_ samples: [[UInt8]]) -> [UInt8] {
            var bytes = samples[below(samples.count)]
            for _ in 0..<1 + below(4) where !bytes.isEmpty {
                var place = below(bytes.count)
                switch below(5) {
                case 0: bytes[place] = UInt8(below(128))
                case 1: bytes.insert(contentsOf: Self.pieces[below(Self.pieces.count)], at: place)
                case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(20)))
                case 3:
                    // At the end of a line most pieces are lines of their own.
                    place = bytes[place...].firstIndex(of: 0x0a) ?? place
                    bytes.insert(contentsOf: Self.pieces[below(Self.pieces.count)], at: place)
                default:
                    let line = bytes[..<place].lastIndex(of: 0x0a) ?? 0
                    let end = bytes[place...].firstIndex(of: 0x0a) ?? place
                    bytes.removeSubrange(line..<end)
                }
            }
            return bytes
        }

        private mutating func below(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(count))
        }
    }
}
