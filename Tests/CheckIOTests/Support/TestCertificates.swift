import COpenSSL
import CheckIO
import Glibc
import HealthChecks
import Testing

/// Certificates that sign themselves, made once for all tests by the `openssl` command.
struct TestCertificates: Sendable {
    /// For www.example.com and 127.0.0.1, valid for a hundred years.
    let valid: String
    /// The same, but no longer valid.
    let expired: String
    /// The key of both.
    let key: String

    static let shared: TestCertificates? = try? TestCertificates()

    private init() throws {
        var template = Array("/tmp/directrix.XXXXXX".utf8CString)
        let folder = try #require(
            template.withUnsafeMutableBufferPointer { buffer in
                buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
            }
        )
        (valid, expired, key) = ("\(folder)/valid.pem", "\(folder)/expired.pem", "\(folder)/key.pem")
        let command = """
            exec openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 \
            -subj /CN=www.example.com -addext subjectAltName=DNS:www.example.com,IP:127.0.0.1 \
            -keyout \(key) -out \(valid)
            """
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
        atexit { TestCertificates.shared?.remove() }
    }

    /// Leaves nothing of them.
    private func remove() {
        for file in [valid, expired, key] { unlink(file) }
        rmdir(String(valid.dropLast("/valid.pem".count)))
    }

    private static func read(_ path: String, _ body: (OpaquePointer?) -> OpaquePointer?) -> OpaquePointer? {
        let input = BIO_new_file(path, "r")
        defer { BIO_free(input) }
        return body(input)
    }
}
