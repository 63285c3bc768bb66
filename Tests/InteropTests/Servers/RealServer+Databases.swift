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
                --socket=FOLDER/socket --pid-file=FOLDER/pid --init-file=FOLDER/start.sql --innodb-flush-method=fsync
                """,
            trials: database("mysql", name: "shop", refusal: "L7 status 1146")
        ),
        RealServer(
            name: "postgresql, with scram-sha-256",
            programs: ["/usr/lib/postgresql/15/bin/postgres"],
            files: ["password": "secret\n"],
            preparation: """
                chown -R postgres .
                setpriv --reuid=postgres --regid=postgres --clear-groups /usr/lib/postgresql/15/bin/initdb \
                --pgdata=FOLDER/data --auth=scram-sha-256 --username=check --pwfile=FOLDER/password --no-sync >/dev/null
                """,
            command: """
                setpriv --reuid=postgres --regid=postgres --clear-groups /usr/lib/postgresql/15/bin/postgres \
                -D FOLDER/data -p PORT0 -h 127.0.0.1 -k FOLDER -F
                """,
            trials: database("pgsql", name: "postgres", refusal: "L7 refused")
        ),
    ]
}
