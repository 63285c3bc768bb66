import Addresses
import Configuration
import Testing

@testable import Dialogues

/// The ways in which databases are shown passwords.
struct DatabaseLoginTests {
    private static func postgreSQL(
        _ methods: Set<LoginMethod> = Set(LoginMethod.allCases),
        security: TLSSettings? = nil,
        isOptional: Bool = false
    ) -> PostgreSQLDialogue {
        PostgreSQLDialogue(question(methods, security, isOptional), nonce: BinaryScenario.nonce)
    }

    private static func mySQL(
        _ methods: Set<LoginMethod> = Set(LoginMethod.allCases),
        security: TLSSettings? = nil,
        isOptional: Bool = false
    ) -> MySQLDialogue {
        MySQLDialogue(question(methods, security, isOptional))
    }

    private static func question(
        _ methods: Set<LoginMethod>,
        _ security: TLSSettings?,
        _ isOptional: Bool
    ) -> DatabaseQuestion {
        var credentials = BinaryScenario.credentials
        credentials.methods = methods
        return DatabaseQuestion(
            credentials: credentials,
            database: "",
            query: nil,
            target: BinaryScenario.server,
            security: security,
            isSecurityOptional: isOptional
        )
    }

    private func end(_ machine: some DialogueMachine, _ streams: [UInt8]...) -> DialogueAction? {
        var conversation = BinaryConversation(machine)
        conversation.take(.connected)
        for stream in streams { conversation.take(.stream(stream)) }
        return conversation.actions.last
    }

    private static let scram = octets("52 00000017 0000000a \"SCRAM-SHA-256\" 00 00")

    @Test(arguments: [
        (octets("52 00000008 00000003"), LoginMethod.password, "the password itself"),
        (octets("52 0000000c 00000005 01020304"), .digest, "a login by md5"),
        (scram, .scram, "a login by scram-sha-256"),
    ])
    func postgreSQLIsShownWhatIsAllowed(wanted: [UInt8], method: LoginMethod, words: String) {
        let others = Set(LoginMethod.allCases).subtracting([method])
        let text = "the server wants \(words), which authmethods does not allow"
        #expect(end(Self.postgreSQL(others), wanted) == BinaryScenario.down(.authentication, text))
        guard case .send = end(Self.postgreSQL([method]), wanted) else {
            Issue.record("no answer")
            return
        }
    }

    @Test func postgreSQLIsShownAPasswordOnce() {
        let wanted = octets("52 00000008 00000003")
        let twice = end(Self.postgreSQL(), wanted, wanted)
        #expect(twice == BinaryScenario.down(.malformed, "the server wants the password twice"))
    }

    private static let fullLogin = BinaryScenario.packet(2, "01 04")

    @Test(arguments: [
        ("mysql_native_password", LoginMethod.native), ("caching_sha2_password", .cachingSHA2),
        ("something_else", .native),
    ])
    func mySQLIsShownWhatIsAllowed(greeting: String, method: LoginMethod) throws {
        let ours: Set<LoginMethod> = [.native, .cachingSHA2]
        let other = try #require(ours.subtracting([method]).first)
        // The other way is proposed, and the server may have it for this user.
        guard case .send(let login) = end(Self.mySQL([other]), BinaryScenario.mySQLGreeting(method: greeting)) else {
            Issue.record("no login")
            return
        }
        #expect(String(decoding: login, as: UTF8.self).contains(other.rawValue))
        let insists =
            octets("\(method == .native ? "2c" : "2b")0000 02 fe \"\(method.rawValue)\" 00")
            + [UInt8](repeating: 1, count: 20) + [0]
        let text = "the server wants a login by \(method.rawValue), which authmethods does not allow"
        let refusal = end(Self.mySQL([other]), BinaryScenario.mySQLGreeting(method: greeting), insists)
        #expect(refusal == BinaryScenario.down(.authentication, text))
        #expect(
            end(Self.mySQL([.password]), BinaryScenario.mySQLGreeting(method: greeting))
                == BinaryScenario.down(.authentication, text)
        )
    }

    @Test func mySQLIsNotShownThePasswordItself() {
        let greeting = BinaryScenario.mySQLGreeting(method: "caching_sha2_password")
        let text = "the server wants the password itself, which authmethods does not allow"
        let refusal = end(Self.mySQL([.cachingSHA2]), greeting, Self.fullLogin)
        #expect(refusal == BinaryScenario.down(.authentication, text))
        guard case .send = end(Self.mySQL([.cachingSHA2, .password]), greeting, Self.fullLogin) else {
            Issue.record("no request for the key")
            return
        }
    }

    /// In TLS the password is shown itself, and where that is not allowed only to a server that has proven itself.
    @Test(arguments: [true, false])
    func mySQLIsShownThePasswordInTLS(isVerified: Bool) {
        let machine = Self.mySQL([.cachingSHA2], security: TLSSettings(verifiesCertificate: isVerified))
        var conversation = BinaryConversation(machine)
        conversation.take(.connected)
        conversation.take(.stream(BinaryScenario.mySQLGreeting(method: "caching_sha2_password", low: "09ae")))
        #expect(conversation.actions.last == .startTLS(TLSSettings(verifiesCertificate: isVerified)))
        conversation.take(.connected)
        conversation.take(.stream(BinaryScenario.packet(3, "01 04")))
        let shown = DialogueAction.send(BinaryScenario.packet(4, "\"secret\" 00"))
        let text = "the server wants the password itself, which authmethods does not allow"
        #expect(
            conversation.actions.last == (isVerified ? shown : BinaryScenario.down(.authentication, text))
        )
    }

    @Test(arguments: [(true, false, true), (true, true, false), (false, false, false)])
    func aServerWithoutTLSIsAskedInTheClearWhereThatWillDo(isOptional: Bool, isVerified: Bool, goesOn: Bool) {
        let security = TLSSettings(verifiesCertificate: isVerified)
        let answers = [
            end(Self.postgreSQL(security: security, isOptional: isOptional), octets("4e")),
            end(Self.mySQL(security: security, isOptional: isOptional), BinaryScenario.mySQLGreeting(low: "09a2")),
        ]
        let refusal = DialogueAction.finish(.down, .security(.handshake), text: "the server does not offer TLS")
        for answer in answers {
            if case .send = answer { #expect(goesOn) } else { #expect(!goesOn && answer == refusal) }
        }
    }

    /// A server that names many rounds has others wait for nothing: they are done in pieces, and what comes meanwhile waits.
    @Test func saltingIsDoneInPiecesAndKept() throws {
        let first = octets("52 00000017 0000000a \"SCRAM-SHA-256\" 00 00")
        let challenge = Array("r=AAECAwQFBgcICQoLDA0ODw==srv,s=a2VwdA==,i=4096".utf8)
        var machine = Self.postgreSQL()
        _ = machine.start() + machine.connected(.main, local: BinaryScenario.local)
        _ = machine.received(first.span.bytes, on: .main)
        let wanted = [0x52, 0, 0, 0, UInt8(challenge.count + 8), 0, 0, 0, 11] + challenge
        #expect(machine.received(wanted.span.bytes, on: .main) == [.wait(PostgreSQLDialogue.pause)])
        // A notice that comes meanwhile.
        let notice = octets("4e 00000005 00")
        #expect(machine.received(notice.span.bytes, on: .main) == [.keepWaiting])
        for _ in 0..<7 { #expect(machine.timerFired() == [.wait(PostgreSQLDialogue.pause)]) }
        guard case .send(let answer) = machine.timerFired().last else {
            Issue.record("no answer")
            return
        }
        #expect(machine.timerFired() == [])
        // Who has proven to know the password is answered at once the next time.
        machine.salted?.keep()
        var next = Self.postgreSQL()
        _ = next.start() + next.connected(.main, local: BinaryScenario.local)
        _ = next.received(first.span.bytes, on: .main)
        #expect(next.received(wanted.span.bytes, on: .main) == [.send(answer)])
    }
}
