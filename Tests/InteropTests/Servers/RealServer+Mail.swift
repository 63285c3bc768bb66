extension RealServer {
    private static let login = ["login=\"check\"", "passwd=\"secret\""]
    private static let wrongLogin = ["login=\"check\"", "passwd=\"wrong\""]
    private static let verified = ["tlsverify=yes", "tlscafile=FOLDER/authority.pem", "sni=www.example.com"]
    private static let otherHost = ["tlsverify=yes", "tlscafile=FOLDER/authority.pem", "sni=www.example.net"]
    private static let otherAuthority = ["tlsverify=yes", "tlscafile=FOLDER/other.pem", "sni=www.example.com"]

    private static let dovecot = """
        base_dir = FOLDER/run
        state_dir = FOLDER/state
        log_path = /dev/stderr
        protocols = imap pop3
        listen = 127.0.0.1
        ssl = yes
        ssl_cert = <FOLDER/valid.pem
        ssl_key = <FOLDER/valid.key
        disable_plaintext_auth = no
        auth_failure_delay = 0
        service anvil {
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        first_valid_uid = 1
        passdb {
          driver = static
          args = password=secret
        }
        userdb {
          driver = static
          args = uid=nobody gid=nogroup home=FOLDER/home
        }
        mail_location = mbox:FOLDER/home/mail
        service imap-login {
          inet_listener imap {
            port = PORT0
          }
          inet_listener imaps {
            port = PORT1
            ssl = yes
          }
        }
        service pop3-login {
          inet_listener pop3 {
            port = PORT2
          }
          inet_listener pop3s {
            port = PORT3
            ssl = yes
          }
        }

        """

    private static func mailbox(_ service: String, port: Int) -> [Trial] {
        [
            Trial(name: "\(service), a login", directives: ["service=\(service)"] + login, port: port, layer: "L7 ok"),
            Trial(name: "\(service), a greeting", directives: ["service=\(service)"], port: port, layer: "L7 ok"),
            Trial(
                name: "\(service), a wrong password",
                directives: ["service=\(service)"] + wrongLogin,
                port: port,
                layer: "L7 authentication"
            ),
            Trial(
                name: "\(service), in TLS",
                directives: ["service=\(service)s"] + login + verified,
                port: port + 1,
                layer: "L7 ok"
            ),
            Trial(
                name: "\(service), of another authority",
                directives: ["service=\(service)s"] + login + otherAuthority,
                port: port + 1,
                layer: "L6 certificate",
                word: "certificate"
            ),
            Trial(
                name: "\(service), of another host",
                directives: ["service=\(service)s"] + login + otherHost,
                port: port + 1,
                layer: "L6 certificate",
                word: "mismatch"
            ),
        ]
    }

    static let mail = [
        RealServer(
            name: "dovecot, IMAP and POP",
            programs: ["/usr/sbin/dovecot", "/usr/lib/dovecot/imap", "/usr/lib/dovecot/pop3"],
            portCount: 4,
            files: ["dovecot.conf": dovecot],
            preparation: "mkdir run state home && chown nobody:nogroup home",
            command: "dovecot -F -c FOLDER/dovecot.conf",
            trials: mailbox("imap", port: 0) + mailbox("pop", port: 2)
        ),
        RealServer(
            name: "exim, SMTP and submission",
            programs: ["/usr/sbin/exim4"],
            portCount: 3,
            files: [
                "exim.conf": """
                primary_hostname = mail.example.com
                spool_directory = FOLDER/spool
                log_file_path = FOLDER/spool/%slog
                pid_file_path = FOLDER/spool/pid
                daemon_smtp_ports = PORT0 : PORT1 : PORT2
                local_interfaces = 127.0.0.1
                tls_advertise_hosts = ${if eq{$received_port}{PORT2}{}{*}}
                acl_smtp_connect = ${if eq{$received_port}{PORT1}{deny}{accept}}
                tls_certificate = FOLDER/valid.pem
                tls_privatekey = FOLDER/valid.key
                acl_smtp_rcpt = accept

                """
            ],
            preparation: "mkdir spool && chown Debian-exim spool && chown root exim.conf && chmod 644 exim.conf",
            command: "exim4 -C FOLDER/exim.conf -bdf",
            trials: [
                Trial(name: "SMTP", directives: ["service=smtp"], layer: "L7 ok"),
                Trial(name: "submission with STARTTLS", directives: ["service=submission"] + verified, layer: "L7 ok"),
                Trial(
                    name: "submission of another authority",
                    directives: ["service=submission"] + otherAuthority,
                    layer: "L6 certificate",
                    word: "certificate"
                ),
                Trial(
                    name: "submission of another host",
                    directives: ["service=submission"] + otherHost,
                    layer: "L6 certificate",
                    word: "mismatch"
                ),
                Trial(
                    name: "a server that wants nobody",
                    directives: ["service=smtp"],
                    port: 1,
                    layer: "L7 status 550",
                    word: "550"
                ),
                Trial(
                    name: "submission without STARTTLS",
                    directives: ["service=submission"],
                    port: 2,
                    layer: "L7 ok"
                ),
                Trial(
                    name: "submission without STARTTLS, to be verified",
                    directives: ["service=submission"] + verified,
                    port: 2,
                    layer: "L6 handshake",
                    word: "STARTTLS"
                ),
                Trial(name: "another protocol", directives: ["service=pop"], layer: "L7 malformed answer"),
            ]
        ),
        RealServer(
            name: "sn, NNTP",
            programs: ["/usr/sbin/snntpd", "/usr/bin/socat"],
            preparation: "mkdir news",
            command: "socat TCP-LISTEN:PORT0,bind=127.0.0.1,reuseaddr,fork EXEC:'env SNROOT=FOLDER/news snntpd'",
            trials: [
                Trial(name: "a greeting", directives: ["service=nntp"], layer: "L7 ok", word: "200"),
                Trial(name: "another protocol", directives: ["service=smtp"], layer: "L7 status 200"),
            ]
        ),
    ]

    /// Files and calls.
    static let files = [
        RealServer(
            name: "vsftpd, FTP",
            programs: ["/usr/sbin/vsftpd"],
            files: [
                "vsftpd.conf": """
                listen=YES
                listen_address=127.0.0.1
                listen_port=PORT0
                background=NO
                anonymous_enable=YES
                anon_root=FOLDER/pub
                local_enable=NO
                secure_chroot_dir=FOLDER/empty
                seccomp_sandbox=NO
                xferlog_enable=NO

                """
            ],
            preparation:
                "mkdir pub empty && echo 'all is well' >pub/welcome.txt && chmod 555 pub && chown root vsftpd.conf",
            command: "vsftpd FOLDER/vsftpd.conf",
            trials: [
                Trial(
                    name: "a file",
                    directives: ["service=ftp", "request=\"welcome.txt\"", "receive=\"is well\""],
                    layer: "L7 ok"
                ),
                Trial(
                    name: "other content",
                    directives: ["service=ftp", "request=\"welcome.txt\"", "receive=\"was well\""],
                    layer: "L7 no match"
                ),
                Trial(
                    name: "no such file",
                    directives: ["service=ftp", "request=\"nothing.txt\"", "receive=\"well\""],
                    layer: "L7 status 550"
                ),
                Trial(
                    name: "a login",
                    directives: ["service=ftp", "request=\"welcome.txt\""],
                    layer: "L7 ok"
                ),
                Trial(
                    name: "a wrong password",
                    directives: ["service=ftp", "request=\"welcome.txt\""] + wrongLogin,
                    layer: "L7 authentication"
                ),
            ]
        ),
        RealServer(
            name: "kamailio, SIP",
            programs: ["/usr/sbin/kamailio"],
            files: [
                "kamailio.cfg": """
                debug=0
                log_stderror=no
                children=1
                listen=udp:127.0.0.1:PORT0
                listen=tcp:127.0.0.1:PORT0
                loadmodule "sl.so"
                loadmodule "pv.so"
                request_route {
                    if (method == "OPTIONS" && $rU == "check") { sl_send_reply("200", "OK"); exit; }
                    sl_send_reply("404", "Nobody here");
                }

                """
            ],
            command: "kamailio -DD -f FOLDER/kamailio.cfg -P FOLDER/pid -Y FOLDER -w FOLDER",
            trials: [
                Trial(
                    name: "OPTIONS by datagram",
                    directives: ["service=sip", "login=\"check@127.0.0.1\""],
                    layer: "L7 ok",
                    isDatagram: true
                ),
                Trial(
                    name: "OPTIONS by connection",
                    directives: ["service=sip", "login=\"check@127.0.0.1\""],
                    layer: "L7 ok"
                ),
                Trial(
                    name: "somebody else",
                    directives: ["service=sip", "login=\"nobody@127.0.0.1\""],
                    layer: "L7 status 404",
                    word: "Nobody here",
                    isDatagram: true
                ),
                Trial(
                    name: "somebody else by connection",
                    directives: ["service=sip", "login=\"nobody@127.0.0.1\""],
                    layer: "L7 status 404",
                    word: "Nobody here"
                ),
            ]
        ),
    ]
}
