import Diagnostics

/// Words that other programs have for what the language says too, and what it calls them.
enum WordsOfOthers {
    /// The directive that does what one of keepalived, HAProxy, nginx, piranha or an older version does.
    static func directive(_ name: String) -> String? {
        directives[name.lowercased()]
    }

    private static let behindForwarding = "a number behind gate, masq or ipip in the line of real"
    private static let behindAddress = "gate, masq or ipip behind the address of real"

    private static let directives: [String: String] = [
        "sorry_server": "fallback", "sorryserver": "fallback", "sorry": "fallback", "backup": "fallback",
        "sorry_server_inhibit": "fallback", "real_server": "real", "realserver": "real", "server": "real",
        "rserver": "real", "virtual_server": "virtual", "virtualserver": "virtual", "vserver": "virtual",
        "bind": "virtual", "listen": "virtual", "address": "virtual", "vip": "virtual", "fwmark": "virtual=NUMBER",
        "lb_algo": "scheduler", "lvs_sched": "scheduler", "balance": "scheduler", "algorithm": "scheduler",
        "lb_kind": behindAddress, "lvs_method": behindAddress, "forward": behindAddress, "forwarding": behindAddress,
        "lvs_flags": "schedflags", "sched_flags": "schedflags", "flags": "schedflags", "weight": behindForwarding,
        "delay_loop": "checkinterval", "interval": "checkinterval", "inter": "checkinterval",
        "delay_before_retry": "checkinterval", "alpha": "nothing: servers are down until a check succeeds",
        "omega": "cleanstop", "quorum": "nothing: the fallback serves when no server is up",
        "quorum_down": "fallbackcommand", "quorum_up": "fallbackcommand", "notify_down": "fallbackcommand",
        "notify_up": "fallbackcommand", "inhibit_on_failure": "quiescent", "persistence_timeout": "persistent",
        "persistence": "persistent", "persistence_granularity": "netmask", "granularity": "netmask",
        "connect_timeout": "checktimeout", "warmup": "nothing: first checks are spread by themselves",
        "reentry": "checkinterval", "negotiate_timeout": "negotiatetimeout", "check_timeout": "checktimeout",
        "check_interval": "checkinterval", "connect_port": "checkport", "port": "checkport", "check_port": "checkport",
        "nb_get_retry": "failurecount", "retry": "failurecount", "retries": "failurecount", "fall": "failurecount",
        "max_fails": "failurecount", "rise": "risecount", "nb_sock_retry": "failurecount",
        "http_get": "service=http", "ssl_get": "service=https", "tcp_check": "checktype=connect",
        "smtp_check": "service=smtp", "dns_check": "service=dns", "ping_check": "checktype=ping",
        "misc_check": "checktype=external", "misc_path": "checkcommand", "check_command": "checkcommand",
        "send_program": "checkcommand", "load_monitor": "nothing: weights are written behind gate, masq or ipip",
        "url": "request", "path": "request", "uri": "request", "send": "request", "httpchk": "request",
        "expect": "receive", "response": "receive", "status_code": "httpstatus", "status": "httpstatus",
        "http_status": "httpstatus", "method": "httpmethod", "host": "virtualhost", "hostname": "virtualhost",
        "virtual_host": "virtualhost", "lb_proto": "protocol", "proto": "protocol", "type": "checktype",
        "check": "checktype", "check_type": "checktype", "monitor": "checktype", "user": "login", "username": "login",
        "password": "passwd", "pass": "passwd", "passwort": "passwd", "db": "database", "query": "request",
        "log": "logfile", "log_file": "logfile", "email": "emailalert", "mail": "emailalert",
        "notification_email": "emailalert", "notification_email_from": "emailalertfrom", "smtp_server": "smtp",
        "smtp_alert": "emailalert", "auto_reload": "autoreload", "uthreshold": "u:N in the line of real",
        "lthreshold": "l:N in the line of real", "maxconn": "u:N in the line of real",
        "max_conns": "u:N in the line of real", "mode": "service", "maintenance": "maintenancedir",
    ]

    /// The word that was meant by another one for a way of forwarding.
    static func forwarding(_ word: String) -> String? {
        let word = word.lowercased()
        let all: [(String, [String])] = [
            ("masq", ["masq", "nat", "snat", "dnat", "fullnat", "masquerade", "masquerading", "masqed", "m", "fnat"]),
            (
                "gate",
                ["gate", "dr", "route", "direct", "gatewaying", "gateway", "droute", "dsr", "g", "lvs_dr", "local"]
            ),
            ("ipip", ["ipip", "tun", "tunnel", "tunneling", "tunnelling", "i", "gue", "gre", "ip-ip"]),
        ]
        return all.first { $0.1.contains(word) }?.0
            ?? Suggestion.nearest(to: word, among: ["gate", "masq", "ipip"])
    }

    /// The kind of check that was meant by another word.
    static func checkType(_ word: String) -> String? {
        let word = word.lowercased()
        let others = [
            "tcp": "connect", "tcp_check": "connect", "l4": "connect", "port": "connect", "icmp": "ping",
            "echo": "ping",
            "script": "external", "misc": "external", "misc_check": "external", "command": "external",
            "exec": "external", "perl": "external-perl", "external_perl": "external-perl", "none": "on", "yes": "on",
            "no": "off", "true": "on", "false": "off", "disabled": "on", "disable": "on", "enabled": "negotiate",
        ]
        if let other = others[word] { return other }
        if CheckedService(rawValue: word) != nil { return "negotiate with service=\(word)" }
        let names = ["negotiate", "connect", "ping", "on", "off", "external", "external-perl"]
        return Suggestion.nearest(to: word, among: names)
    }

    /// The protocol of a check that was meant by another word.
    static func service(_ word: String) -> String? {
        let word = word.lowercased()
        let others = [
            "postgres": "pgsql", "postgresql": "pgsql", "mariadb": "mysql", "pop3": "pop", "pop3s": "pops",
            "imap4": "imap",
            "smtps": "submission", "http_get": "http", "ssl_get": "https", "ssl": "https", "tls": "https",
            "http-proxy": "http_proxy", "httpproxy": "http_proxy", "proxy": "http_proxy", "squid": "http_proxy",
            "news": "nntp", "domain": "dns", "udp": "none", "icmp": "none",
        ]
        if let other = others[word] { return other }
        return Suggestion.nearest(to: word, among: CheckedService.allCases.map(\.rawValue))
    }

    /// The schedulers that Linux has.
    static let schedulers = [
        "rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sed", "nq", "fo", "ovf", "mh", "twos",
    ]

    /// The scheduler that was meant by another word.
    static func scheduler(_ word: String) -> String? {
        let word = word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
        let others = [
            "roundrobin": "rr", "robin": "rr", "round": "rr", "weightedroundrobin": "wrr", "staticrr": "wrr",
            "leastconn": "lc", "leastconnection": "lc", "leastconnections": "lc", "least": "lc",
            "weightedleastconnection": "wlc", "weightedleastconnections": "wlc", "weighted": "wlc", "source": "sh",
            "sourcehash": "sh", "sourcehashing": "sh", "iphash": "sh", "destinationhash": "dh",
            "destinationhashing": "dh",
            "maglev": "mh", "maglevhashing": "mh", "failover": "fo", "weightedfailover": "fo", "overflow": "ovf",
            "neverqueue": "nq", "shortestexpecteddelay": "sed", "random": "twos",
        ]
        return others[word] ?? (schedulers.contains(word) ? word : nil)
    }

    /// `yes` or `no` for other words.
    static func boolean(_ word: String) -> String? {
        switch word.lowercased() {
        case "true", "on", "1", "y", "ja", "enable", "enabled", "oui", "si": "yes"
        case "false", "off", "0", "n", "nein", "disable", "disabled", "non": "no"
        default: Suggestion.nearest(to: word, among: ["yes", "no"])
        }
    }
}
