import COpenSSL
import CheckIO
import Glibc
import System
import TestKit
import Testing

/// Certificates that sign themselves, made once for all tests by the `openssl` command.
struct TestCertificates: Sendable {
    /// For www.example.com and 127.0.0.1, valid for a hundred years.
    let valid: String
    /// The same, but no longer valid.
    let expired: String
    /// The key of all.
    let key: String
    /// Certificates for odd names, by what is odd.
    let odd: [String: String]
    private let folder: TemporaryFolder

    /// The subject of each, and its alternative names.
    private static let oddNames: [String: (subject: String, names: String?)] = [
        "part": ("other", "DNS:w*.example.com,DNS:*w.example.com"), "star": ("other", "DNS:*.example.com"),
        "subject": ("www.example.com", nil), "subject beside an address": ("www.example.com", "IP:127.0.0.9"),
        "subject beside a name": ("www.example.com", "DNS:www.example.net"),
        "subject with a star": ("*.example.com", nil),
        "domain": ("other", "DNS:example.com"), "name that is an address": ("127.0.0.1", "DNS:127.0.0.1"),
    ]

    static let shared: TestCertificates? = try? TestCertificates()

    private init() throws {
        folder = try TemporaryFolder()
        let folder = folder.path
        (valid, expired, key) = ("\(folder)/valid.pem", "\(folder)/expired.pem", "\(folder)/key.pem")
        var command = """
            set -e
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 \
            -subj /CN=www.example.com -addext subjectAltName=DNS:www.example.com,IP:127.0.0.1 \
            -keyout \(key) -out \(valid)

            """
        var odd: [String: String] = [:]
        for (name, (subject, names)) in Self.oddNames {
            odd[name] = "\(folder)/odd\(odd.count).pem"
            let extensions = names.map { "-addext subjectAltName='\($0)'" } ?? ""
            command += "openssl req -x509 -key \(key) -days 36500 -subj '/CN=\(subject)' \(extensions)"
            command += " -out \(odd[name] ?? "")\n"
        }
        self.odd = odd
        let loop = try EventLoop()
        var outcome: Result<ProgramOutcome, StartFailure>?
        let program = ProgramCommand(program: "/bin/sh", arguments: ["-c", command])
        ChildProcess(on: loop, program, timeout: .seconds(30)) { outcome = $0 }
        while outcome == nil { try loop.runTurn() }
        try #require(outcome?.get().isSuccess == true)

        let certificate = try #require(Self.read(valid) { PEM_read_bio_X509($0, nil, nil, nil) })
        let privateKey = try #require(Self.read(key) { PEM_read_bio_PrivateKey($0, nil, nil, nil) })
        defer {
            X509_free(certificate)
            EVP_PKEY_free(privateKey)
        }
        X509_gmtime_adj(X509_getm_notBefore(certificate), -7200)
        X509_gmtime_adj(X509_getm_notAfter(certificate), -3600)
        try #require(X509_sign(certificate, privateKey, EVP_sha256()) > 0)
        let output = BIO_new_file(expired, "w")
        try #require(PEM_write_bio_X509(output, certificate) == 1)
        BIO_free(output)
        // What is shared is never given up.
        atexit { TestCertificates.shared?.folder.remove() }
    }

    private static func read(_ path: String, _ body: (OpaquePointer?) -> OpaquePointer?) -> OpaquePointer? {
        let input = BIO_new_file(path, "r")
        defer { BIO_free(input) }
        return body(input)
    }
}
