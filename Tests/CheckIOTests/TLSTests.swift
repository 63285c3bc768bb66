import Addresses
import COpenSSL
import Configuration
import Dialogues
import System
import TestKit
import Testing
import Time

@testable import CheckIO

@Suite(.waits)
struct TLSTests {
    private let bench: Bench
    private let certificates: TestCertificates
    private let found = CheckResult(.up, .dialogue(.passed), text: "found")

    init() throws {
        bench = try Bench()
        certificates = try TestCertificates.shared
    }

    /// A server that greets within TLS.
    private func server(
        certificate: String? = nil,
        _ behaviour: @escaping (TLSServerEnd) -> Void = { $0.send("hello") }
    ) throws -> LoopServer {
        let (certificate, key) = (certificate ?? certificates.valid, certificates.key)
        return try LoopServer(bench.loop) { connection in
            _ = try? TLSServerEnd(connection, certificate: certificate, key: key, onEstablished: behaviour)
        }
    }

    /// A server that wants to see a certificate, and the common name in the one that it saw.
    private func subject(shownBy identity: TLSIdentity?) throws -> (result: CheckResult, subject: String?) {
        let (certificate, key) = (certificates.valid, certificates.key)
        var subject: String?
        let server = try LoopServer(bench.loop) { connection in
            _ = try? TLSServerEnd(connection, certificate: certificate, key: key, asksForCertificate: true) { end in
                subject = end.clientSubject
                end.send("hello")
            }
        }
        var settings = TLSSettings()
        settings.identity = identity
        let dialogue = ScriptedDialogue(to: server.endpoint, security: settings, expecting: "hello")
        return (try bench.check(dialogue).told, subject)
    }

    @Test func whoAsksIsShownTheCertificate() throws {
        let identity = TLSIdentity(certificate: certificates.expired, key: certificates.key)
        let (result, subject) = try subject(shownBy: identity)
        #expect(result == found)
        #expect(subject == "www.example.com")
    }

    @Test func withoutOneNothingIsShown() throws {
        let (result, subject) = try subject(shownBy: nil)
        #expect(result == found)
        #expect(subject == nil)
    }

    /// A key that is locked, or that is not there, is not asked of anybody, and says nothing about a server.
    @Test(arguments: ["/nonexistent", nil])
    func keysThatCannotBeReadAreTold(key: String?) throws {
        let folder = try TemporaryFolder()
        let locked = "\(folder.path)/locked.pem"
        let input = BIO_new_file(certificates.key, "r")
        let output = BIO_new_file(locked, "w")
        let secret = PEM_read_bio_PrivateKey(input, nil, nil, nil)
        PEM_write_bio_PKCS8PrivateKey(output, secret, EVP_aes_128_cbc(), "word", 4, nil, nil)
        EVP_PKEY_free(secret)
        BIO_free(output)
        BIO_free(input)
        let identity = TLSIdentity(certificate: certificates.valid, key: key ?? locked)
        let (result, _) = try subject(shownBy: identity)
        #expect(result.layer == .director(.certificate))
        #expect(result.text.hasPrefix("cannot read \(key ?? locked): "))
        guard key == nil else { return }
        let again = try TLSTests()
        let unlocked = TLSIdentity(certificate: certificates.valid, key: locked, password: "word")
        #expect(try again.subject(shownBy: unlocked).subject == "www.example.com")
    }

    private func verified(_ name: String?) -> TLSSettings {
        TLSSettings(verifiesCertificate: true, trustedCertificates: certificates.valid, serverName: name)
    }

    @Test func anyCertificateWillDoWhereNoneIsVerified() throws {
        let server = try server(certificate: certificates.expired)
        let dialogue = ScriptedDialogue(to: server.endpoint, security: TLSSettings(), expecting: "hello")
        #expect(try bench.check(dialogue).told == found)
    }

    @Test(arguments: ["www.example.com", nil, "127.0.0.1"])
    func certificateForTheNameOrTheAddressIsValid(name: String?) throws {
        let server = try server()
        let dialogue = ScriptedDialogue(to: server.endpoint, security: verified(name), expecting: "hello")
        #expect(try bench.check(dialogue).told == found)
    }

    @Test(arguments: [
        ("www.example.org", "certificate for www.example.org: hostname mismatch"),
        ("10.0.0.1", "certificate for 10.0.0.1: IP address mismatch"),
    ])
    func certificateForAnotherNameFails(name: String, text: String) throws {
        let server = try server()
        let dialogue = ScriptedDialogue(to: server.endpoint, security: verified(name), expecting: "hello")
        let result = try bench.check(dialogue)
        #expect(result.layer == .security(.certificate))
        #expect(result.text.lowercased() == text.lowercased())
    }

    /// Names are compared as RFC 6125 has it: a star is a whole label, and a subject counts only where nothing else stands.
    @Test(arguments: [
        ("star", "www.example.com", true), ("star", "WWW.example.com", true), ("star", "www.example.com.", true),
        ("star", "a.www.example.com", false), ("star", "example.com", false), ("part", "www.example.com", false),
        ("part", "www1.example.com", false), ("subject", "www.example.com", true),
        ("subject with a star", "www.example.com", true), ("subject beside an address", "www.example.com", false),
        ("subject beside a name", "www.example.com", false), ("subject beside a name", "www.example.net", true),
        ("domain", "www.example.com", false), ("domain", ".com", false), ("star", ".example.com", false),
        ("name that is an address", "127.0.0.1", false), ("name that is an address", nil, false),
    ])
    func namesAreComparedStrictly(certificate: String, name: String?, isValid: Bool) throws {
        let file = try #require(certificates.odd[certificate])
        let server = try server(certificate: file)
        let settings = TLSSettings(verifiesCertificate: true, trustedCertificates: file, serverName: name)
        let dialogue = ScriptedDialogue(to: server.endpoint, security: settings, expecting: "hello")
        let result = try bench.check(dialogue)
        #expect((result.verdict == .up) == isValid, "\(result)")
        if !isValid { #expect([.security(.certificate), .director(.malformed)].contains(result.layer)) }
    }

    @Test func certificateThatIsNoLongerValidFails() throws {
        let server = try server(certificate: certificates.expired)
        let settings = TLSSettings(
            verifiesCertificate: true,
            trustedCertificates: certificates.expired,
            serverName: "www.example.com"
        )
        let dialogue = ScriptedDialogue(to: server.endpoint, security: settings, expecting: "hello")
        let text = "certificate for www.example.com: certificate has expired"
        #expect(try bench.check(dialogue).told == CheckResult(.down, .security(.certificate), text: text))
    }

    @Test func certificateThatNobodyTrustsFails() throws {
        let server = try server()
        let settings = TLSSettings(verifiesCertificate: true, serverName: "www.example.com")
        let dialogue = ScriptedDialogue(to: server.endpoint, security: settings, expecting: "hello")
        let result = try bench.check(dialogue)
        #expect(result.layer == .security(.certificate))
        #expect(result.text.contains("self-signed certificate") || result.text.contains("self signed certificate"))
    }

    @Test func missingFileOfTrustIsTheDirectorsOwn() throws {
        let server = try server()
        let settings = TLSSettings(verifiesCertificate: true, trustedCertificates: "/nonexistent/ca.pem")
        let dialogue = ScriptedDialogue(to: server.endpoint, security: settings, expecting: "hello")
        let result = try bench.check(dialogue)
        #expect(result.layer == .director(.certificate))
        #expect(result.text.hasPrefix("cannot read /nonexistent/ca.pem: "))
    }

    @Test(arguments: [("www.example.com", "www.example.com"), ("127.0.0.1", nil), (nil, nil)])
    func nameIsSentUnlessItIsAnAddress(name: String?, sent: String?) throws {
        var asked: [String?] = []
        let server = try server { end in
            asked.append(end.serverName)
            end.send("hello")
        }
        let settings = TLSSettings(serverName: name)
        _ = try bench.check(ScriptedDialogue(to: server.endpoint, security: settings, expecting: "hello"))
        #expect(asked == [sent])
    }

    @Test func requestAndAnswerPassThroughTLS() throws {
        let server = try server { end in
            end.onReceive = { [unowned end] in
                if !$0.isEmpty { end.send("you said " + String(decoding: $0, as: UTF8.self)) }
            }
        }
        let dialogue = ScriptedDialogue(
            to: server.endpoint,
            security: TLSSettings(),
            send: "request",
            expecting: "you said request"
        )
        #expect(try bench.check(dialogue).told == found)
    }

    @Test func endOfTLSIsTold() throws {
        let server = try server { $0.close() }
        let log = DialogueLog()
        let dialogue = ScriptedDialogue(to: server.endpoint, security: TLSSettings(), expecting: "hello", log: log)
        #expect(try bench.check(dialogue).layer == .transport(.closed))
        #expect(log.events == ["connected main", "ended main"])
    }

    @Test func endWithoutWordsIsAnEndToo() throws {
        let server = try LoopServer(bench.loop) { [certificates] connection in
            _ = try? TLSServerEnd(connection, certificate: certificates.valid, key: certificates.key) { end in
                end.send("half")
                connection.loop.at(connection.loop.now + .milliseconds(20)) { connection.close() }
            }
        }
        var dialogue = ScriptedDialogue(to: server.endpoint, security: TLSSettings(), expecting: "hello")
        dialogue.onEnded = [.finish(.up, .dialogue(.passed), text: "found")]
        #expect(try bench.check(dialogue, step: .milliseconds(1)).told == found)
    }

    @Test func TLSBeginsInMidStream() throws {
        let server = try LoopServer(bench.loop) { [certificates] connection in
            connection.send("220 ready\r\n")
            connection.onReceive = { [unowned connection] bytes in
                guard String(decoding: bytes, as: UTF8.self) == "STARTTLS\r\n" else { return }
                connection.send("220 go\r\n")
                _ = try? TLSServerEnd(connection, certificate: certificates.valid, key: certificates.key) { end in
                    end.onReceive = { [unowned end] in if !$0.isEmpty { end.send("250 secret") } }
                }
            }
        }
        let log = DialogueLog()
        var dialogue = ScriptedDialogue(to: server.endpoint, expecting: "", log: log)
        dialogue.wanted = [
            ("220 ready", [.send(Array("STARTTLS\r\n".utf8))]),
            ("220 go", [.startTLS(verified("www.example.com")), .send(Array("EHLO\r\n".utf8))]),
            ("250 secret", [.finish(.up, .dialogue(.passed), text: "found")]),
        ]
        #expect(try bench.check(dialogue).told == found)
        #expect(log.events == ["connected main", "connected main"])
    }

    @Test func serverWithoutTLSFailsInTheHandshake() throws {
        let server = try LoopServer(bench.loop) { $0.send("220 I speak no TLS\r\n") }
        let dialogue = ScriptedDialogue(to: server.endpoint, security: TLSSettings(), expecting: "hello")
        let result = try bench.check(dialogue)
        #expect(result.layer == .security(.handshake))
        #expect(result.text == "TLS handshake: wrong version number")
    }

    @Test func handshakeThatStallsIsATimeout() throws {
        let server = try LoopServer(bench.loop) { _ in }
        let dialogue = ScriptedDialogue(to: server.endpoint, security: TLSSettings(), expecting: "hello")
        bench.start(dialogue, timeout: .milliseconds(100))
        try bench.run { server.connections.first?.received.isEmpty == false }
        try bench.pass(.milliseconds(100))
        let result = try #require(bench.results[1])
        let text = "the TLS handshake was not over within 100 ms"
        #expect(result.told == CheckResult(.down, .security(.timeout), text: text))
    }

    @Test func connectionThatEndsInTheHandshakeFails() throws {
        let server = try LoopServer(bench.loop) { connection in
            connection.onReceive = { _ in connection.endSending() }
        }
        let dialogue = ScriptedDialogue(to: server.endpoint, security: TLSSettings(), expecting: "hello")
        let text = "the server closed the connection in the TLS handshake"
        #expect(try bench.check(dialogue).told == CheckResult(.down, .security(.closed), text: text))
    }

    @Test func resetInTheHandshakeFails() throws {
        let server = try LoopServer(bench.loop) { connection in
            connection.onReceive = { _ in connection.reset() }
        }
        let dialogue = ScriptedDialogue(to: server.endpoint, security: TLSSettings(), expecting: "hello")
        #expect(try bench.check(dialogue).layer == .security(.reset))
    }
}
