import LabSupport

/// Certificates that are made once for all servers.
enum Certificates {
    /// The folder that has them.
    static let folder: Result<TemporaryFolder, any Error> = Result {
        let folder = try TemporaryFolder()
        for (name, host) in [("valid", "www.example.com"), ("other", "www.example.org")] {
            try RunningServer.run(
                """
                openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=\(host) \
                -addext subjectAltName=DNS:\(host),IP:127.0.0.1 \
                -keyout \(folder.path)/\(name).key -out \(folder.path)/\(name).pem 2>/dev/null
                chmod 644 \(folder.path)/*
                """
            )
        }
        return folder
    }
}
