import TestKit

@testable import DirectorService

extension Stage {
    /// A stage with one server, for files of keepalived.
    static func keepalived() throws -> Stage {
        try Stage(servers: 1) { options, _, folder in
            options.language = .keepalived
            options.log = .file("\(folder.path)/log")
        }
    }

    /// The text of such a file, in which these lines come first.
    func keepalivedText(_ lines: String = "") -> String {
        """
        \(lines)
        virtual_server 127.0.0.1 80 {
            lb_algo rr
            lb_kind NAT
            protocol TCP
            real_server 127.0.0.1 \(servers[0].port) {
                TCP_CHECK {
                    connect_timeout 5
                }
            }
        }

        """
    }
}
