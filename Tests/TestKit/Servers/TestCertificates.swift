import Glibc

/// Certificates for servers of tests, made once for all by the `openssl` command.
///
/// The folder has `authority.pem`, which has signed `valid.pem` and `expired.pem`, and `other.pem`, an authority that has signed
/// nothing; the key of both is `valid.key`. Those of the properties sign themselves.
public struct TestCertificates: Sendable {
    /// Where all files are.
    public let folder: TemporaryFolder
    /// For www.example.com and 127.0.0.1, valid for a hundred years.
    public let valid: String
    /// The same, but no longer valid.
    public let expired: String
    /// The key of all.
    public let key: String
    /// Certificates for odd names, by what is odd.
    public let odd: [String: String]

    /// The subject of each, and its alternative names.
    private static let oddNames: [String: (subject: String, names: String?)] = [
        "part": ("other", "DNS:w*.example.com,DNS:*w.example.com"), "star": ("other", "DNS:*.example.com"),
        "subject": ("www.example.com", nil), "subject beside an address": ("www.example.com", "IP:127.0.0.9"),
        "subject beside a name": ("www.example.com", "DNS:www.example.net"),
        "subject with a star": ("*.example.com", nil),
        "domain": ("other", "DNS:example.com"), "name that is an address": ("127.0.0.1", "DNS:127.0.0.1"),
    ]

    private static let made: Result<TestCertificates, any Error> = Result {
        let certificates = try TestCertificates()
        // What is shared is never given up, and this folder has keys.
        atexit { (try? TestCertificates.made.get())?.folder.remove() }
        return certificates
    }

    /// Those of all tests.
    ///
    /// - Throws: `Namespace.Failure` where the command is not there, `Unmade` with what it said.
    public static var shared: TestCertificates {
        get throws { try made.get() }
    }

    /// The `openssl` command has failed.
    public struct Unmade: Error {
        public let errors: String
    }

    private init() throws {
        folder = try TemporaryFolder()
        let path = folder.path
        (valid, expired, key) = ("\(path)/own.pem", "\(path)/own-expired.pem", "\(path)/valid.key")
        var script = """
            cd \(path)
            make="openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
            for name in authority other; do $make -x509 -days 2 -subj /CN=$name -keyout $name.key -out $name.pem; done
            echo subjectAltName=DNS:www.example.com,IP:127.0.0.1 >names
            $make -subj /CN=www.example.com -keyout valid.key -out request
            sign="openssl x509 -req -in request -extfile names"
            $sign -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -out valid.pem
            $sign -CA authority.pem -CAkey authority.key -CAcreateserial -days -1 -out expired.pem
            $sign -signkey valid.key -days 36500 -out own.pem
            $sign -signkey valid.key -days -1 -out own-expired.pem

            """
        var odd: [String: String] = [:]
        for (name, (subject, names)) in Self.oddNames {
            odd[name] = "\(path)/odd\(odd.count).pem"
            let extensions = names.map { "-addext subjectAltName='\($0)'" } ?? ""
            script += "openssl req -x509 -key valid.key -days 36500 -subj '/CN=\(subject)' \(extensions)"
            script += " -out \(odd[name] ?? "")\n"
        }
        self.odd = odd
        let program = try Program.run("/bin/sh", ["-ec", script + "chmod 644 *"])
        guard program.status == 0 else { throw Unmade(errors: program.errors) }
    }
}
