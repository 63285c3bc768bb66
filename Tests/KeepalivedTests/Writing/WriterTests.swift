import Configuration
import Diagnostics
import Failover
import Keepalived
import TestKit
import Testing

/// What is written of a configuration is read as the same.
struct WriterTests {
    private func loaded(_ name: CorpusTests.Name) throws -> LoadedConfiguration {
        StandInMachine.load(
            try SourceTree.bytes(of: "Fixtures/keepalived/\(name.folder)/\(name.name).conf"),
            options: try Recording(of: name.name, in: name.folder).options ?? [],
            beside: "Fixtures/keepalived/\(name.folder)/\(name.name).d"
        )
    }

    @Test(arguments: CorpusTests.all)
    func recordedConfigurationsAreReadAgainAsTheyAre(name: CorpusTests.Name) throws {
        let first = try loaded(name)
        guard let configuration = first.configuration else { return }
        let writer = try #require(first.writer as? KeepalivedWriter)
        #expect(writer.translation.differences == [], "\(name)")
        let text = writer.text(hidesSecrets: false)
        let again = StandInMachine.load(text)
        #expect(again.diagnostics.map(\.description).filter { !$0.contains("warning") } == [], "\(text)")
        #expect(again.configuration?.withoutLines == configuration.withoutLines, "\(text)")
        // What is written of that is the same to the letter.
        #expect((again.writer as? KeepalivedWriter)?.text(hidesSecrets: false) == text)
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 11])
    func randomConfigurationsAreReadAgainAsTheyAre(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<150 {
            let configuration = random.keepalivedConfiguration()
            let writer = KeepalivedWriter(configuration)
            #expect(writer.translation.differences == [], "seed \(seed), round \(round)")
            let text = writer.text(hidesSecrets: false)
            let again = StandInMachine.load(text)
            #expect(
                again.configuration?.withoutLines == configuration.withoutLines,
                "seed \(seed), round \(round)\n\(text)\n\(again.diagnostics.prefix(3))"
            )
            guard again.configuration?.withoutLines == configuration.withoutLines else { return }
        }
    }

    @Test(arguments: [UInt64.random(in: 0...UInt64.max), 12])
    func randomFailoverIsReadAgainAsItIs(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<150 {
            let configuration = random.keepalivedConfiguration()
            let failover = random.failoverConfiguration(beside: configuration)
            let writer = KeepalivedWriter(configuration, failover: failover)
            #expect(writer.translation.differences == [], "seed \(seed), round \(round)")
            let text = writer.text(hidesSecrets: false)
            let again = StandInMachine.load(text)
            guard let read = again.failover else {
                Issue.record(
                    "seed \(seed), round \(round)\n\(text)\n\(again.diagnostics.filter { $0.severity == .error })"
                )
                return
            }
            #expect(again.configuration?.withoutLines == configuration.withoutLines, "seed \(seed), round \(round)")
            guard read == failover else {
                Issue.record("seed \(seed), round \(round): \(Self.difference(failover, read))\n\(text)")
                return
            }
            // What is written of that is the same to the letter.
            #expect((again.writer as? KeepalivedWriter)?.text(hidesSecrets: false) == text)
        }
    }

    /// The first line in which two configurations differ when they are written out.
    private static func difference(_ first: FailoverConfiguration, _ second: FailoverConfiguration) -> String {
        var (left, right) = ("", "")
        dump(first, to: &left)
        dump(second, to: &right)
        for pair in zip(left.split(separator: "\n"), right.split(separator: "\n")) where pair.0 != pair.1 {
            return "\(pair.0) | \(pair.1)"
        }
        return ""
    }

    @Test func secretsCanBeHidden() throws {
        let text = """
            SSL {
                key /k
                password open-sesame
            }
            virtual_server 10.9.0.10 443 {
                protocol TCP
                lb_algo rr
                lb_kind NAT
                real_server 10.9.1.11 443 {
                    SSL_GET {
                        url { path / 
                        }
                    }
                }
            }
            """
        let writer = try #require(StandInMachine.load(text).writer)
        #expect(writer.text(hidesSecrets: false).contains("password \"open-sesame\""))
        #expect(writer.text(hidesSecrets: true).contains("password hidden"))
        #expect(!writer.text(hidesSecrets: true).contains("sesame"))
        #expect(!"\(writer.document(hidesSecrets: true))".contains("sesame"))
        let router = ReadFile("authentication {\nauth_type PASS\nauth_pass sesame\n}")
        let other = try #require(router.loaded.writer)
        #expect(other.text(hidesSecrets: false).contains("sesame"))
        #expect(!other.text(hidesSecrets: true).contains("sesame"))
        #expect(!"\(other.document(hidesSecrets: true))".contains("sesame"))
    }

    /// What no word of the language says is told, with the line.
    @Test func whatCannotBeSaidIsTold() {
        var configuration =
            StandInMachine.load(
                """
                virtual_server 10.9.0.10 80 {
                    protocol TCP
                    lb_algo rr
                    lb_kind NAT
                    real_server 10.9.1.11 80 {
                        TCP_CHECK {
                        }
                    }
                }
                """
            ).configuration ?? DirectorConfiguration()
        #expect(KeepalivedWriter(configuration).translation.isComplete)
        var pool = configuration.virtualServers[0]
        pool.fallbackCommand = "/bin/true"
        pool.monitorFile = "/var/log/monitor"
        pool.realServers[0].checks[0].riseCount = 2
        pool.realServers[0].checks[0].probe.method = .alwaysDown
        configuration.virtualServers = [pool]
        configuration.process.maintenanceDirectory = "/etc/maintenance"
        let translation = KeepalivedWriter(configuration).translation
        #expect(
            translation.differences == [
                .init(isLoss: true, message: "a folder for maintenance"),
                .init(isLoss: true, place: FilePlace(line: 1), message: "a fallbackcommand"),
                .init(isLoss: true, place: FilePlace(line: 1), message: "a monitorfile"),
                .init(
                    isLoss: true,
                    place: FilePlace(line: 5),
                    message: "a risecount: a check has passed with its first success"
                ),
                .init(isLoss: true, place: FilePlace(line: 5), message: "a server that is never up"),
            ]
        )
        #expect(!translation.isComplete)
    }
}

extension DirectorConfiguration {
    /// The same without the files and lines that it was read from.
    var withoutLines: DirectorConfiguration {
        var configuration = self
        configuration.places = [:]
        for index in configuration.virtualServers.indices {
            configuration.virtualServers[index].place = nil
            configuration.virtualServers[index].standby?.server.place = nil
            for server in configuration.virtualServers[index].realServers.indices {
                configuration.virtualServers[index].realServers[server].place = nil
            }
        }
        return configuration
    }
}
