import Glibc
import TestKit

/// Certificates that are made once for all servers.
enum Certificates {
    /// The folder that has them: `authority.pem` has signed `valid.pem`, which is of www.example.com and 127.0.0.1, and
    /// `expired.pem`, of the same key `valid.key`; `other.pem` is an authority that has signed nothing.
    static let folder: Result<TemporaryFolder, any Error> = Result {
        let folder = try TemporaryFolder()
        try RunningServer.run(
            """
            cd \(folder.path)
            exec 2>errors
            make="openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
            for name in authority other; do $make -x509 -days 2 -subj /CN=$name -keyout $name.key -out $name.pem; done
            echo subjectAltName=DNS:www.example.com,IP:127.0.0.1 >names
            $make -subj /CN=www.example.com -keyout valid.key -out request
            sign="openssl x509 -req -in request -CA authority.pem -CAkey authority.key -CAcreateserial -extfile names"
            $sign -days 2 -out valid.pem
            $sign -days -1 -out expired.pem
            chmod 644 *
            """
        )
        // What is static outlives the tests, and this folder has keys.
        atexit { _ = (try? Certificates.folder.get()).map { try? Program.run("/bin/rm", ["-rf", "--", $0.path]) } }
        return folder
    }
}
