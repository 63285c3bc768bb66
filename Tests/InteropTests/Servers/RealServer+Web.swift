extension RealServer {
    /// Every server that is tried.
    static let all = web + mail + files + directories + databases + names

    private static let nginx = """
        daemon off; master_process off; pid FOLDER/pid; error_log stderr;
        events { worker_connections 64; }
        http {
            access_log off;
            client_body_temp_path FOLDER/body; proxy_temp_path FOLDER/proxy;
            fastcgi_temp_path FOLDER/fastcgi; uwsgi_temp_path FOLDER/uwsgi; scgi_temp_path FOLDER/scgi;
            server {
                listen 127.0.0.1:PORT2 ssl;
                ssl_certificate FOLDER/expired.pem;
                ssl_certificate_key FOLDER/valid.key;
                location / { return 200 "all is well\\n"; }
            }
            server {
                listen 127.0.0.1:PORT0;
                listen 127.0.0.1:PORT1 ssl;
                ssl_certificate FOLDER/valid.pem;
                ssl_certificate_key FOLDER/valid.key;
                location / { return 200 "all is well\\n"; }
                location /down { return 503 "no\\n"; }
                location /locked { return 401 "who is it?\\n"; }
                location /there { return 302 http://$host:$server_port/; }
                location /elsewhere { return 302 http://www.example.org/; }
            }
        }
        """

    private static let web = [
        RealServer(
            name: "nginx, HTTP and HTTPS",
            programs: ["/usr/sbin/nginx"],
            portCount: 3,
            files: ["nginx.conf": nginx],
            command: "nginx -e stderr -c FOLDER/nginx.conf",
            trials: [
                Trial(
                    name: "content",
                    directives: ["service=http", "receive=\"all is\""],
                    layer: "L7 ok",
                    word: "200"
                ),
                Trial(name: "HEAD", directives: ["service=http", "httpmethod=HEAD"], layer: "L7 ok"),
                Trial(
                    name: "other content",
                    directives: ["service=http", "receive=\"none is\""],
                    layer: "L7 no match"
                ),
                Trial(
                    name: "an error",
                    directives: ["service=http", "request=\"down\""],
                    layer: "L7 status 503",
                    word: "503"
                ),
                Trial(
                    name: "an error that is expected",
                    directives: ["service=http", "request=\"down\"", "httpstatus=503"],
                    layer: "L7 ok"
                ),
                Trial(name: "a redirect", directives: ["service=http", "request=\"there\""], layer: "L7 ok"),
                Trial(
                    name: "a redirect away",
                    directives: ["service=http", "request=\"elsewhere\""],
                    layer: "L7 status 302",
                    word: "www.example.org"
                ),
                Trial(
                    name: "the digest of genhash",
                    directives: ["service=http", "digest=2670f929ce8c93af815ba0ae8fd591ff"],
                    layer: "L7 ok"
                ),
                Trial(
                    name: "another digest",
                    directives: ["service=http", "digest=6b9a1dcfb5bc9e83a9b0b8e8f34c0bfa"],
                    layer: "L7 no match"
                ),
                Trial(name: "a connection", directives: ["checktype=connect"], layer: "L4 ok"),
                Trial(name: "an echo", directives: ["checktype=ping"], layer: "L3 ok"),
                Trial(name: "TLS", directives: ["service=https", "receive=\"well\""], port: 1, layer: "L7 ok"),
                Trial(
                    name: "TLS, verified",
                    directives: [
                        "service=https", "tlsverify=yes", "tlscafile=FOLDER/authority.pem", "sni=www.example.com",
                    ],
                    port: 1,
                    layer: "L7 ok"
                ),
                Trial(
                    name: "TLS of another authority",
                    directives: [
                        "service=https", "tlsverify=yes", "tlscafile=FOLDER/other.pem", "sni=www.example.com",
                    ],
                    port: 1,
                    layer: "L6 certificate",
                    word: "certificate"
                ),
                Trial(
                    name: "TLS of another host",
                    directives: [
                        "service=https", "tlsverify=yes", "tlscafile=FOLDER/authority.pem", "sni=www.example.net",
                    ],
                    port: 1,
                    layer: "L6 certificate",
                    word: "mismatch"
                ),
                Trial(
                    name: "TLS that has expired",
                    directives: [
                        "service=https", "tlsverify=yes", "tlscafile=FOLDER/authority.pem", "sni=www.example.com",
                    ],
                    port: 2,
                    layer: "L6 certificate",
                    word: "expired"
                ),
                Trial(
                    name: "TLS that has expired, not verified",
                    directives: ["service=https"],
                    port: 2,
                    layer: "L7 ok"
                ),
                Trial(
                    name: "a login that is wanted",
                    directives: ["service=http", "request=\"locked\""],
                    layer: "L7 status 401",
                    word: "401"
                ),
                Trial(name: "TLS where there is none", directives: ["service=https"], layer: "L6 handshake"),
            ]
        ),
        RealServer(
            name: "squid, HTTP by proxy",
            programs: ["/usr/sbin/squid", "/usr/sbin/nginx"],
            portCount: 5,
            files: [
                "nginx.conf": nginx.replacing("PORT2", with: "PORT3").replacing("PORT0", with: "PORT2"),
                "squid.conf": """
                http_port 127.0.0.1:PORT0
                acl locked urlpath_regex ^/locked
                http_access deny locked
                http_access allow all
                cache deny all
                access_log none
                cache_log /dev/stderr
                pid_filename none
                shutdown_lifetime 0 seconds

                """,
            ],
            command: "sh -c 'nginx -e stderr -c FOLDER/nginx.conf & exec squid -N -f FOLDER/squid.conf'",
            trials: [
                Trial(
                    name: "content",
                    directives: ["service=http_proxy", "request=\"http://127.0.0.1:PORT2/\"", "receive=\"all is\""],
                    layer: "L7 ok"
                ),
                Trial(
                    name: "an error",
                    directives: ["service=http_proxy", "request=\"http://127.0.0.1:PORT2/down\""],
                    layer: "L7 status 503"
                ),
                Trial(
                    name: "a server that nobody reaches",
                    directives: ["service=http_proxy", "request=\"http://127.0.0.1:PORT4/\""],
                    layer: "L7 status 503"
                ),
                Trial(
                    name: "a page that it refuses",
                    directives: ["service=http_proxy", "request=\"http://127.0.0.1:PORT2/locked\""],
                    layer: "L7 status 403",
                    word: "403"
                ),
                Trial(
                    name: "other content",
                    directives: ["service=http_proxy", "request=\"http://127.0.0.1:PORT2/\"", "receive=\"none is\""],
                    layer: "L7 no match"
                ),
            ]
        ),
        RealServer(
            name: "socat, lines of text",
            programs: ["/usr/bin/socat"],
            files: [
                "check": """
                #!/bin/sh
                test "$2 $3 $4" = "4000 127.0.0.1 PORT0"

                """,
                "endless": "#!/bin/sh\nexec sleep 60\n",
                "killed": "#!/bin/sh\nkill -KILL $$\n",
            ],
            preparation: "chmod 755 check endless killed",
            command: "socat TCP-LISTEN:PORT0,bind=127.0.0.1,reuseaddr,fork SYSTEM:'read line; echo you said \\$line'",
            trials: [
                Trial(
                    name: "an answer",
                    directives: ["service=simpletcp", #"request="hello\n""#, "receive=\"said hello\""],
                    layer: "L7 ok"
                ),
                Trial(
                    name: "another answer",
                    directives: ["service=simpletcp", #"request="hello\n""#, "receive=\"said goodbye\""],
                    layer: "L7 no match"
                ),
                Trial(
                    name: "a program",
                    directives: ["checktype=external", "checkcommand=\"FOLDER/check\""],
                    layer: "program ok"
                ),
                Trial(
                    name: "a program that fails",
                    directives: ["checktype=external", "checkcommand=\"/bin/false\""],
                    layer: "program exit 1"
                ),
                Trial(
                    name: "a program that never ends",
                    directives: ["checktype=external", "checkcommand=\"FOLDER/endless\"", "checktimeout=500ms"],
                    layer: "program timeout",
                    word: "500"
                ),
                Trial(
                    name: "a program that is killed",
                    directives: ["checktype=external", "checkcommand=\"FOLDER/killed\""],
                    layer: "program signal 9"
                ),
                Trial(name: "a connection", directives: ["checktype=connect"], layer: "L4 ok"),
            ]
        ),
    ]
}
