extension RealServer {
    /// Directories and logins.
    static let directories = [
        RealServer(
            name: "slapd, LDAP",
            programs: ["/usr/sbin/slapd", "/usr/sbin/slapadd"],
            portCount: 2,
            files: [
                "slapd.conf": """
                include /etc/ldap/schema/core.schema
                pidfile FOLDER/pid
                modulepath /usr/lib/ldap
                moduleload back_mdb
                TLSCertificateFile FOLDER/valid.pem
                TLSCertificateKeyFile FOLDER/valid.key
                database mdb
                maxsize 10485760
                suffix "dc=example"
                rootdn "cn=admin,dc=example"
                rootpw secret
                directory FOLDER/db

                """,
                "start.ldif": """
                dn: dc=example
                objectClass: organization
                objectClass: dcObject
                o: Example
                dc: example

                """,
            ],
            preparation: "mkdir db && slapadd -f FOLDER/slapd.conf -l FOLDER/start.ldif",
            command: "slapd -h 'ldap://127.0.0.1:PORT0 ldaps://127.0.0.1:PORT1' -f FOLDER/slapd.conf -d 0",
            trials: [
                Trial(
                    name: "an entry",
                    directives: [
                        "service=ldap", "request=\"dc=example\"", "login=\"cn=admin,dc=example\"", "passwd=\"secret\"",
                    ],
                    layer: "L7 ok"
                ),
                Trial(
                    name: "an entry for everybody",
                    directives: ["service=ldap", "request=\"dc=example\"", "receive=\"^dc=\""],
                    layer: "L7 ok"
                ),
                Trial(
                    name: "another entry",
                    directives: ["service=ldap", "request=\"dc=example\"", "receive=\"^cn=\""],
                    layer: "L7 no match"
                ),
                Trial(
                    name: "no such entry",
                    directives: ["service=ldap", "request=\"cn=nobody,dc=example\""],
                    layer: "L7 status 32"
                ),
                Trial(
                    name: "a wrong password",
                    directives: [
                        "service=ldap", "request=\"dc=example\"", "login=\"cn=admin,dc=example\"", "passwd=\"wrong\"",
                    ],
                    layer: "L7 authentication"
                ),
                Trial(
                    name: "TLS",
                    directives: [
                        "service=ldaps", "request=\"dc=example\"", "tlsverify=yes", "tlscafile=FOLDER/authority.pem",
                        "sni=www.example.com",
                    ],
                    port: 1,
                    layer: "L7 ok"
                ),
                Trial(
                    name: "TLS of another authority",
                    directives: [
                        "service=ldaps", "request=\"dc=example\"", "tlsverify=yes", "tlscafile=FOLDER/other.pem",
                        "sni=www.example.com",
                    ],
                    port: 1,
                    layer: "L6 certificate",
                    word: "certificate"
                ),
                Trial(
                    name: "TLS of another host",
                    directives: [
                        "service=ldaps", "request=\"dc=example\"", "tlsverify=yes", "tlscafile=FOLDER/authority.pem",
                        "sni=www.example.net",
                    ],
                    port: 1,
                    layer: "L6 certificate",
                    word: "mismatch"
                ),
            ]
        ),
        RealServer(
            name: "freeradius, RADIUS",
            programs: ["/usr/sbin/freeradius"],
            files: [
                "radiusd.conf": """
                prefix = /usr
                raddbdir = FOLDER
                logdir = FOLDER
                run_dir = FOLDER
                libdir = /usr/lib/freeradius
                pidfile = FOLDER/pid
                security {
                    reject_delay = 0
                }
                client localhost {
                    ipaddr = 127.0.0.1
                    secret = testing123
                }
                modules {
                    pap {
                    }
                    files {
                        usersfile = FOLDER/users
                    }
                }
                server default {
                    listen {
                        type = auth
                        ipaddr = 127.0.0.1
                        port = PORT0
                    }
                    authorize {
                        files
                        pap
                    }
                    authenticate {
                        Auth-Type PAP {
                            pap
                        }
                    }
                }

                """,
                "users": "check Cleartext-Password := \"secret\"\n",
                "dictionary": "",
            ],
            command: "freeradius -f -l stdout -d FOLDER",
            trials: [
                Trial(
                    name: "a login",
                    directives: ["service=radius", "login=\"check\"", "passwd=\"secret\"", "secret=\"testing123\""],
                    layer: "L7 ok",
                    isDatagram: true
                ),
                Trial(
                    name: "a wrong password",
                    directives: ["service=radius", "login=\"check\"", "passwd=\"wrong\"", "secret=\"testing123\""],
                    layer: "L7 authentication",
                    isDatagram: true
                ),
                Trial(
                    name: "a wrong secret, which it does not answer",
                    directives: [
                        "service=radius", "login=\"check\"", "passwd=\"secret\"", "secret=\"testing\"",
                        "negotiatetimeout=700ms", "checktimeout=700ms",
                    ],
                    layer: "L7 timeout",
                    word: "no answer",
                    isDatagram: true
                ),
            ]
        ),
    ]

    /// Names.
    static let names = [
        RealServer(
            name: "dnsmasq, DNS",
            programs: ["/usr/sbin/dnsmasq"],
            command: """
                dnsmasq -k --port=PORT0 --listen-address=127.0.0.1 --bind-interfaces --no-resolv --no-hosts \
                --host-record=www.example.com,10.1.2.3 --local=/example.com/ --conf-file=/dev/null --user=root \
                --pid-file=FOLDER/pid
                """,
            trials: [
                Trial(
                    name: "an address",
                    directives: ["service=dns", "request=\"www.example.com\"", #"receive="^10\.1\.2\.3$""#],
                    layer: "L7 ok",
                    isDatagram: true
                ),
                Trial(
                    name: "an address by connection",
                    directives: ["service=dns", "request=\"www.example.com\"", #"receive="^10\.1\.2\.3$""#],
                    layer: "L7 ok"
                ),
                Trial(
                    name: "the name of an address",
                    directives: ["service=dns", "request=\"10.1.2.3\"", #"receive="^www\.""#],
                    layer: "L7 ok",
                    isDatagram: true
                ),
                Trial(
                    name: "another address",
                    directives: ["service=dns", "request=\"www.example.com\"", #"receive="^10\.9\.""#],
                    layer: "L7 no match",
                    isDatagram: true
                ),
                Trial(
                    name: "no such name",
                    directives: ["service=dns", "request=\"none.example.com\"", "receive=\".\""],
                    layer: "L7 status 3",
                    word: "NXDOMAIN",
                    isDatagram: true
                ),
                Trial(
                    name: "another name of an address",
                    directives: ["service=dns", "request=\"10.1.2.3\"", #"receive="^mail\.""#],
                    layer: "L7 no match"
                ),
                Trial(
                    name: "a name of others",
                    directives: ["service=dns", "request=\"www.example.net\"", "receive=\".\""],
                    layer: "L7 status 5",
                    word: "REFUSED"
                ),
            ]
        )
    ]
}
