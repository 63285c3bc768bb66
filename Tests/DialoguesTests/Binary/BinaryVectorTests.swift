import Configuration
import Digests
import Testing

@testable import Dialogues

/// The examples of the standards, and what no script can say.
struct BinaryVectorTests {
    /// RFC 7677, section 3.
    @Test func scramOfTheStandard() throws {
        var exchange = SCRAMExchange(user: "user", password: "pencil", nonce: octets(of: "rOprNGfwEbeRWgbNEkqO"))
        #expect(exchange.first == octets(of: "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"))
        let nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
        var salted = SaltedPassword(try exchange.take(octets(of: "r=\(nonce),s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")))
        // Others have their turn every 500 rounds.
        for _ in 0..<8 {
            salted.advance()
            #expect(salted.value == nil)
        }
        salted.advance()
        let answer = exchange.answer(salted: try #require(salted.value))
        #expect(answer == octets(of: "c=biws,r=\(nonce),p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))
        try exchange.verify(octets(of: "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
        #expect(throws: SCRAMExchange.Fault.unproven) {
            try exchange.verify(octets(of: "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
        }
        #expect(throws: SCRAMExchange.Fault.refused(octets(of: "other-error"))) {
            try exchange.verify(octets(of: "e=other-error"))
        }
    }

    @Test(arguments: [
        "", "r=abcd", "r=abcd,s=c2FsdA==", "r=abc,s=c2FsdA==,i=4096", "r=abcd,s=c2Fsd,i=4096", "r=abcd,s=c2FsdA==,i=x",
        "m=ext,r=abcd,s=c2FsdA==,i=4096",
    ])
    func scramThatIsMalformed(message: String) {
        var exchange = SCRAMExchange(user: "a=b,c", password: "", nonce: octets(of: "abc"))
        #expect(exchange.first == octets(of: "n,,n=a=3Db=2Cc,r=abc"))
        #expect(throws: SCRAMExchange.Fault.malformed) { try exchange.take(octets(of: message)) }
    }

    /// RFC 2865, section 7.1.
    @Test func radiusOfTheStandard() throws {
        let secret = RADIUSSecret(bytes: octets(of: "xyzzy5461"))
        let authenticator = octets("0f403f9473978057bd83d5cb98f4227a")
        let hidden = secret.hide(octets(of: "arctangent"), authenticator: authenticator)
        #expect(hidden == octets("0dbe708d93d413ce3196e43f782a0aee"))
        let request = RADIUSPacket(
            code: 1,
            identifier: 0,
            authenticator: authenticator,
            attributes: [
                .init(kind: 1, value: octets(of: "nemo")), .init(kind: 2, value: hidden ?? []),
                .init(kind: 4, value: [192, 168, 1, 16]), .init(kind: 5, value: [0, 0, 0, 3]),
            ]
        )
        #expect(
            request.encoded
                == octets(
                    """
                    01000038 0f403f9473978057bd83d5cb98f4227a 01 06 6e656d6f
                    02 12 0dbe708d93d413ce3196e43f782a0aee 04 06 c0a80110 05 06 00000003
                    """
                )
        )
        #expect(RADIUSPacket(request.encoded) == request)
        let response = octets(
            """
            02 00 0026 86fe220e7624ba2a1005f6bf9b55e0b2
            06 06 00000001 0f 06 00000000 0e 06 c0a80103
            """
        )
        #expect(secret.proves(try #require(RADIUSPacket(response)), to: authenticator))
        var forged = response
        forged[37] ^= 1
        #expect(!secret.proves(try #require(RADIUSPacket(forged)), to: authenticator))
    }

    @Test(arguments: [(0, 16), (1, 16), (16, 16), (17, 32), (128, 128)])
    func passwordsAreHiddenInWholeBlocks(count: Int, hiddenCount: Int) throws {
        let secret = RADIUSSecret(bytes: octets(of: "s"))
        let authenticator = [UInt8](repeating: 7, count: 16)
        let password = (0..<count).map { UInt8($0) | 1 }
        let hidden = try #require(secret.hide(password, authenticator: authenticator))
        #expect(hidden.count == hiddenCount)
        var shown: [UInt8] = []
        var previous = authenticator
        for start in stride(from: 0, to: hidden.count, by: 16) {
            let block = Array(hidden[start..<start + 16])
            shown += block ^ Digest.md5(secret.bytes + previous)
            previous = block
        }
        #expect(shown == password + [UInt8](repeating: 0, count: hiddenCount - count))
    }

    /// RFC 2202, section 2.
    @Test func hmacMD5OfTheStandard() {
        let first = Digest.hmacMD5(octets(of: "Hi There"), key: [UInt8](repeating: 0x0b, count: 16))
        #expect(first == octets("9294727a3638bb1c13f48ef8158bfc9d"))
        let second = Digest.hmacMD5(octets(of: "what do ya want for nothing?"), key: octets(of: "Jefe"))
        #expect(second == octets("750c783e6ab0b503eaa86e310a5db738"))
        let third = Digest.hmacMD5(
            octets(of: "Test Using Larger Than Block-Size Key - Hash Key First"),
            key: [UInt8](repeating: 0xaa, count: 80)
        )
        #expect(third == octets("6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"))
    }

    @Test(arguments: [("8.0.36", "8.0.36"), ("5.5.5-10.11.6-MariaDB", "10.11.6-MariaDB"), ("5.5.5", "5.5.5")])
    func versionsOfMySQL(sent: String, shown: String) {
        var greeting = BinaryScenario.mySQLGreeting().dropFirst(5 + "8.0.36".utf8.count)
        greeting = [10] + octets(of: sent) + greeting
        #expect(MySQLGreeting(greeting)?.serverVersion == octets(of: shown))
    }

    /// The encryption is another one each time, so that only its length can be told.
    @Test func aPasswordIsEncryptedWithTheServersKey() throws {
        let key = """
            -----BEGIN PUBLIC KEY-----
            MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvdR7QZZDvChsQLVDUTD2
            qEVPMTqsQHhaVFUdSn7J/cD1hfl8Bf3PJBZH43kWhDBRJrNoo91f56uIVem2oR+o
            U91f2lVHQ6tAEjwntTKkmEGtdgpFVK5YFmxayybFYsAdXIg7DSO70RsnKktfpvtF
            krHjKjfdxDYq6CEu9zKXDhk9/tHgS1StkAAbJqcO3EMojh5c9SZ26vuvKAlsRVA5
            yrG4+Sb2aCU6atqrInvOjGE0NcoqqZMwDbRWWlXkN+pLvTnIwlePkB+efmCN2Rnh
            G0UHr6OGsPNunCSG4UXPYcMNSQA165BJp2glioQlw4eHR6tjPSykkE5OO+JMYd7x
            0wIDAQAB
            -----END PUBLIC KEY-----

            """
        var conversation = BinaryConversation(
            MySQLDialogue(
                DatabaseQuestion(
                    credentials: BinaryScenario.credentials,
                    database: "",
                    query: nil,
                    target: BinaryScenario.server,
                    security: nil
                )
            )
        )
        conversation.take(.connected)
        conversation.take(.stream(BinaryScenario.mySQLGreeting(method: "caching_sha2_password")))
        conversation.take(.stream(BinaryScenario.packet(2, "01 04")))
        #expect(conversation.actions.last == .send(BinaryScenario.mySQLKeyRequest))
        let payload = [1] + octets(of: key)
        conversation.take(.stream([UInt8(payload.count & 0xff), UInt8(payload.count >> 8), 0, 4] + payload))
        guard case .send(let bytes) = conversation.actions.last else {
            Issue.record("nothing was sent")
            return
        }
        #expect(bytes.count == 4 + 256)
        #expect(bytes.starts(with: [0, 1, 0, 5]))
        // One who could ask for it again and again would keep the director busy.
        conversation.take(.stream(BinaryScenario.packet(6, "01 04")))
        #expect(conversation.actions.last == BinaryScenario.down(.malformed, "the server wants the password twice"))
    }

    @Test func whatStandsBeforeTLSIsRefused() {
        let scenario = BinaryScenario.postgreSQLEarlyBytes
        var conversation = BinaryConversation(scenario.machine)
        scenario.events.forEach { conversation.take($0) }
        #expect(conversation.actions == scenario.actions)
    }

    @Test(arguments: [
        ("example.org", "example.org"), ("example.org.", "example.org"), (".", "."), ("a_b", "a_b"),
    ])
    func names(text: String, shown: String) {
        #expect(DNSName(text)?.text == octets(of: shown))
    }

    @Test(arguments: ["", "..", ".a", "a..b", String(repeating: "x", count: 64)])
    func noNames(text: String) {
        #expect(DNSName(text) == nil)
    }

    @Test func namesHaveAtMost255Bytes() {
        let label = String(repeating: "x", count: 62)
        #expect(DNSName([label, label, label, label].joined(separator: "."))?.encoded.count == 253)
        #expect(DNSName([label, label, label, label, "x"].joined(separator: "."))?.encoded.count == 255)
        #expect(DNSName([label, label, label, label, "xx"].joined(separator: ".")) == nil)
    }

    @Test func aNameShowsItsOddBytes() {
        var offset = 0
        let name = DNSName(in: octets("05 \"a.b\" 5c 07 00"), at: &offset)
        #expect(name?.text == octets(of: "a\\.b\\\\\\007"))
        #expect(offset == 7)
    }
}
