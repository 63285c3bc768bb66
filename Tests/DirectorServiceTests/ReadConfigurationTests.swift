import Configuration
import Glibc
import TestKit
import Testing

@testable import DirectorService
@testable import System

/// What a file that is read again is read for, and what it goes on from.
struct ReadConfigurationTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = "\(folder.path)/keepalived.conf"
    }

    private func write(_ name: String, _ text: String) { chmod(folder.write(name, text), 0o644) }

    private static func service(weight: Int, _ words: String = "") -> String {
        """
        virtual_server 10.0.0.1 80 {
            protocol TCP
            \(words)
            real_server 10.0.0.2 80 {
                weight \(weight)
            }
        }

        """
    }

    /// Reads the file, and what it includes, as it is now.
    private func reading(
        after earlier: ReadConfiguration? = nil,
        path: String? = nil,
        _ change: (inout ReadingContext) -> Void = { _ in }
    ) throws -> FileReading {
        let contents = try FileContents(reading: path ?? self.path)
        var context = ReadingContext(hostName: "director")
        change(&context)
        return FileReading(
            contents.bytes,
            digest: contents.digest,
            path: path ?? self.path,
            language: nil,
            context: context,
            earlier: earlier
        )
    }

    private func read(
        after earlier: ReadConfiguration? = nil,
        _ answers: ConfigurationAnswers = ConfigurationAnswers(),
        unresolved: UnresolvedNames = .refuse,
        _ change: (inout ReadingContext) -> Void = { _ in }
    ) throws -> ReadConfiguration {
        try reading(after: earlier, change).configuration(with: answers, unresolved: unresolved)
    }

    /// Whether both have the very same virtual servers in memory, which only happens where nothing was taken apart.
    private func isSame(_ one: ReadConfiguration, _ other: ReadConfiguration) throws -> Bool {
        let servers = try (
            #require(one.meaning.configuration?.virtualServers), #require(other.meaning.configuration?.virtualServers)
        )
        return servers.0.withUnsafeBufferPointer { one in
            servers.1.withUnsafeBufferPointer { one.baseAddress == $0.baseAddress }
        }
    }

    @Test func theSameBytesAreNotTakenApartTwice() throws {
        write("keepalived.conf", Self.service(weight: 1))
        let first = try read()
        #expect(try isSame(first, read(after: first)))
        // Another file with the same bytes in its place is the same.
        unlink(path)
        write("keepalived.conf", Self.service(weight: 1))
        let second = try read(after: first, unresolved: .keep([:]))
        #expect(try isSame(first, second))
        write("keepalived.conf", Self.service(weight: 2))
        let third = try read(after: second)
        #expect(try !isSame(first, third))
        #expect(third.meaning.configuration?.virtualServers.first?.realServers.first?.weight == 2)
    }

    @Test func whatIsIncludedIsLookedAt() throws {
        write("keepalived.conf", "include conf.d/*.conf\n")
        mkdir("\(folder.path)/conf.d", 0o755)
        write("conf.d/a.conf", Self.service(weight: 1))
        let first = try read()
        #expect(try isSame(first, read(after: first)))
        write("conf.d/a.conf", Self.service(weight: 3))
        let changed = try read(after: first)
        #expect(changed.meaning.configuration?.virtualServers.first?.realServers.first?.weight == 3)
        write("conf.d/b.conf", Self.service(weight: 4).replacing("10.0.0.1", with: "10.0.0.9"))
        let more = try read(after: changed)
        #expect(more.meaning.configuration?.virtualServers.count == 2)
        #expect(try isSame(more, read(after: more)))
        unlink("\(folder.path)/conf.d/a.conf")
        #expect(try read(after: more).meaning.configuration?.virtualServers.count == 1)
    }

    /// What could not be read may be another thing now, though nothing tells.
    @Test func whatCouldNotBeReadIsReadAgain() throws {
        write("keepalived.conf", "include conf.d/*\n" + Self.service(weight: 1))
        mkdir("\(folder.path)/conf.d", 0o755)
        mkdir("\(folder.path)/conf.d/folder", 0o755)
        let first = try read()
        #expect(first.meaning.configuration != nil)
        #expect(try !isSame(first, read(after: first)))
    }

    @Test func otherAnswersMakeAnotherMeaning() throws {
        write("keepalived.conf", Self.service(weight: 1, "quorum_up \"/bin/true\""))
        let questions = try reading().questions
        #expect(!questions.accounts.isEmpty && !questions.programs.isEmpty)
        let found = ConfigurationAnswers(
            accounts: Dictionary(uniqueKeysWithValues: questions.accounts.map { ($0, .found(user: 7, group: 7)) })
        )
        let first = try read(found)
        #expect(try isSame(first, read(after: first, found)))
        #expect(try isSame(first, read(after: first, found, unresolved: .keep([:]))))
        // Without its user the program runs as another one.
        let lost = ConfigurationAnswers(
            accounts: Dictionary(uniqueKeysWithValues: questions.accounts.map { ($0, .noUser) })
        )
        let second = try read(after: first, lost)
        #expect(try !isSame(first, second))
        let notices = second.meaning.configuration?.virtualServers.first?.notices
        #expect(notices?.up?.user == nil && first.meaning.configuration?.virtualServers.first?.notices.up?.user != nil)
        // What becomes of what is missing depends on who asks.
        #expect(try isSame(second, read(after: second, lost)))
        #expect(try !isSame(second, read(after: second, lost, unresolved: .leaveOut)))
    }

    @Test func anotherContextIsAnotherReading() throws {
        write("keepalived.conf", Self.service(weight: 1, "@one alpha"))
        let first = try read { $0.configurationID = "one" }
        #expect(first.meaning.configuration?.virtualServers.first?.realServers.first?.tellsFirstSuccess == true)
        let second = try read(after: first) { $0.configurationID = "two" }
        #expect(second.meaning.configuration?.virtualServers.first?.realServers.first?.tellsFirstSuccess == false)
        let copy = folder.write("copy.conf", folder.text("keepalived.conf"))
        let other = try reading(after: first, path: copy) { $0.configurationID = "one" }
            .configuration(with: ConfigurationAnswers(), unresolved: .refuse)
        #expect(try !isSame(first, other))
    }

    /// The command reads what the daemon directs by, which reads the bytes alone.
    @Test func aDaemonGoesOnFromWhatItsCommandRead() throws {
        write("keepalived.conf", Self.service(weight: 1))
        let first = try read()
        let context = ReadingContext(hostName: "director")
        var loader = ConfigurationLoader(path: path, context: context, unresolved: .refuse, earlier: first)
        #expect(try isSame(first, #require(loader.load().read)))
        loader = ConfigurationLoader(path: path, context: context, unresolved: .keep([:]), earlier: first)
        #expect(try isSame(first, #require(loader.load().read)))
        write("keepalived.conf", Self.service(weight: 2))
        let loaded = loader.load()
        #expect(loaded.configuration?.virtualServers.first?.realServers.first?.weight == 2)
    }

    /// A file with an error is no beginning for another reading.
    @Test func nothingGoesOnFromAnError() throws {
        write("keepalived.conf", Self.service(weight: 1) + "virtual_server {\n")
        let first = try read()
        #expect(first.meaning.configuration == nil)
        let second = try read(after: first)
        #expect(second.meaning.diagnostics == first.meaning.diagnostics)
    }
}
