extension RealServer {
    private static func database(_ service: String, name: String, refusal: String) -> [Trial] {
        let login = ["login=\"check\"", "passwd=\"secret\"", "database=\"\(name)\""]
        return [
            Trial(
                name: "a row",
                directives: ["service=\(service)", "request=\"SELECT 1\""] + login,
                layer: "L7 ok"
            ),
            Trial(
                name: "no row",
                directives: ["service=\(service)", "request=\"SELECT 1 WHERE 1 = 2\""] + login,
                layer: "L7 no match"
            ),
            Trial(
                name: "no query",
                directives: ["service=\(service)", "request=\"SELECT nothing FROM nowhere\""] + login,
                layer: refusal,
                word: "nowhere"
            ),
            Trial(
                name: "a wrong password",
                directives: [
                    "service=\(service)", "request=\"SELECT 1\"", "login=\"check\"", "passwd=\"wrong\"",
                    "database=\"\(name)\"",
                ],
                layer: "L7 authentication",
                word: "check"
            ),
        ] + secured(service, name: name)
    }

    /// What sessions in TLS are to find.
    private static func secured(_ service: String, name: String) -> [Trial] {
        let login = [
            "service=\"\(service)\"", "request=\"SELECT 1\"", "login=\"check\"", "passwd=\"secret\"",
            "database=\"\(name)\"",
        ]
        let verified = ["tlsverify=yes", "tlscafile=FOLDER/authority.pem"]
        // What either server has asked for nowhere.
        let other = service == "mysql" ? "caching_sha2_password" : "password"
        return [
            Trial(
                name: "a way that is not allowed",
                directives: login + ["authmethods=\(other)"],
                layer: "L7 authentication",
                word: "which authmethods does not allow"
            ),
            Trial(name: "no TLS", directives: login + ["starttls=no"], layer: "L7 ok"),
            Trial(name: "TLS", directives: login + ["starttls=yes"], layer: "L7 ok"),
            Trial(name: "TLS where it is offered", directives: login + ["starttls=offered"], layer: "L7 ok"),
            Trial(
                name: "a verified certificate",
                directives: login + verified + ["sni=\"www.example.com\""],
                layer: "L7 ok"
            ),
            Trial(
                name: "a certificate of another",
                directives: login + verified + ["sni=\"www.example.org\""],
                layer: "L6 certificate",
                word: "www.example.org"
            ),
            Trial(
                name: "a certificate that nobody trusts",
                directives: login + ["tlsverify=yes", "tlscafile=FOLDER/other.pem", "sni=\"www.example.com\""],
                layer: "L6 certificate"
            ),
        ]
    }

    /// Databases.
    static let databases = [
        RealServer(
            name: "mariadb, MySQL",
            programs: ["/usr/sbin/mariadbd", "/usr/bin/mariadb-install-db"],
            files: [
                "start.sql": """
                CREATE DATABASE IF NOT EXISTS shop;
                CREATE USER IF NOT EXISTS 'check'@'%' IDENTIFIED BY 'secret';
                GRANT ALL ON shop.* TO 'check'@'%';

                """
            ],
            preparation: """
                mariadb-install-db --no-defaults --datadir=FOLDER/data --user=root --skip-test-db \
                --auth-root-authentication-method=normal >/dev/null
                """,
            command: """
                mariadbd --no-defaults --datadir=FOLDER/data --user=root --port=PORT0 --bind-address=127.0.0.1 \
                --socket=FOLDER/socket --pid-file=FOLDER/pid --init-file=FOLDER/start.sql --innodb-flush-method=fsync \
                --ssl-cert=FOLDER/valid.pem --ssl-key=FOLDER/valid.key
                """,
            trials: database("mysql", name: "shop", refusal: "L7 status 1146") + [
                Trial(
                    name: "another database",
                    directives: [
                        "service=mysql", "request=\"SELECT 1\"", "login=\"check\"", "passwd=\"secret\"",
                        "database=\"store\"",
                    ],
                    layer: "L7 authentication",
                    word: "store"
                )
            ]
        ),
        RealServer(
            name: "postgresql",
            programs: ["\(postgresql)/postgres", "\(postgresql)/initdb"],
            files: [
                "password": "secret\n",
                "roles.sql": """
                SET password_encryption = 'md5'
                CREATE ROLE digested LOGIN PASSWORD 'secret'
                CREATE ROLE plain LOGIN PASSWORD 'secret'

                """,
                "hba.conf": """
                host all check 127.0.0.1/32 scram-sha-256
                host all digested 127.0.0.1/32 md5
                host all plain 127.0.0.1/32 password

                """,
            ],
            preparation: """
                chown -R postgres .
                chmod 600 valid.key
                setpriv --reuid=postgres --regid=postgres --clear-groups sh -ec '
                \(postgresql)/initdb --pgdata=FOLDER/data --auth=scram-sha-256 --username=check \
                --pwfile=FOLDER/password --no-sync
                \(postgresql)/postgres --single -F -D FOLDER/data postgres <roles.sql' >/dev/null
                """,
            command: """
                setpriv --reuid=postgres --regid=postgres --clear-groups \(postgresql)/postgres \
                -D FOLDER/data -p PORT0 -h 127.0.0.1 -k FOLDER -F -c hba_file=FOLDER/hba.conf \
                -c ssl=on -c ssl_cert_file=FOLDER/valid.pem -c ssl_key_file=FOLDER/valid.key
                """,
            trials: database("pgsql", name: "postgres", refusal: "L7 refused")
                + ["digested", "plain"].flatMap { authentication(of: $0) } + [
                    Trial(
                        name: "another database",
                        directives: [
                            "service=pgsql", "request=\"SELECT 1\"", "login=\"check\"", "passwd=\"secret\"",
                            "database=\"store\"",
                        ],
                        layer: "L7 refused",
                        word: "store"
                    )
                ]
        ),
    ]

    /// Where the newest version of PostgreSQL has its programs.
    private static let postgresql =
        (13...19).reversed().map { "/usr/lib/postgresql/\($0)/bin" }.first { isExecutable("\($0)/postgres") }
        ?? "/usr/lib/postgresql/15/bin"

    /// What a login of PostgreSQL by another method than SCRAM is to find.
    private static func authentication(of role: String) -> [Trial] {
        [("secret", "L7 ok", ""), ("wrong", "L7 authentication", role)].map { password, layer, word in
            Trial(
                name: "\(role), \(password)",
                directives: [
                    "service=pgsql", "request=\"SELECT 1\"", "login=\"\(role)\"", "passwd=\"\(password)\"",
                    "database=\"postgres\"",
                ],
                layer: layer,
                word: word
            )
        }
    }
}
