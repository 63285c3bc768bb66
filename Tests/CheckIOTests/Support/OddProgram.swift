/// A program written in an odd way, which our director is to judge as the original; from how-tos and their like.
struct OddProgram: Sendable {
    /// What a server is by it.
    enum Verdict: Sendable {
        case up
        case down
    }

    /// The text of its `checkcommand`, in which `FOLDER` stands for the folder of the files.
    let command: String
    /// What is run to make it, with `FOLDER` for the folder; nothing where the text is all.
    var preparation = ""
    /// Whether it is a file of Perl.
    var isPerl = false
    /// What the server is by our director.
    let verdict: Verdict
    /// What it is by the original where that is something else, and the key of that difference.
    var original: (verdict: Verdict, key: String)?

    /// A shell script or another file of that text.
    static func file(_ text: String, _ verdict: Verdict, original: (Verdict, String)? = nil) -> OddProgram {
        OddProgram(text: text, isPerl: false, verdict, original)
    }

    /// A file of Perl.
    static func perl(_ text: String, _ verdict: Verdict, original: (Verdict, String)? = nil) -> OddProgram {
        OddProgram(text: text, isPerl: true, verdict, original)
    }

    /// What needs more than a file, or less.
    static func made(_ command: String, by preparation: String = "", _ verdict: Verdict) -> OddProgram {
        OddProgram(command: command, preparation: preparation, verdict: verdict)
    }

    private init(command: String, preparation: String, verdict: Verdict) {
        self.command = command
        self.preparation = preparation
        self.verdict = verdict
    }

    private init(text: String, isPerl: Bool, _ verdict: Verdict, _ original: (Verdict, String)?) {
        command = "FOLDER/NUMBER"
        // What printf and a shell would take for theirs.
        let escaped = text.utf8.map { byte in
            let digits = String(byte, radix: 8)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
        preparation = "printf '\(escaped.joined())' > FOLDER/NUMBER; chmod \(isPerl ? 644 : 755) FOLDER/NUMBER"
        self.isPerl = isPerl
        self.verdict = verdict
        self.original = original.map { (verdict: $0.0, key: $0.1) }
    }

    static let all: [OddProgram] = [
        // Beginnings.
        file("#!/bin/sh\nexit 0\n", .up), file("exit 0\n", .up), file("exit 1\n", .down), file("", .up),
        file("#!\nexit 0\n", .up), file("#! /bin/sh -e\nfalse\nexit 0\n", .down),
        file("#!/bin/sh -e -u\nexit 0\n", .down), file("#!/bin/sh\r\nexit 0\r\n", .down), file("exit 0\r\n", .up),
        file("#!/no/such/shell\nexit 0\n", .down), file("#!/usr/bin/env sh\nexit 0\n", .up),
        file("#!/usr/bin/env no-such\nexit 0\n", .down), file("#!/usr/bin/env -S sh -e\nexit 0\n", .up),
        file("#!/etc/passwd\nexit 0\n", .down), file("\u{feff}#!/bin/sh\nexit 0\n", .up),
        file("#!/usr/bin/perl -T\nexit 0;\n", .up), file("\u{7f}ELF\u{1}\u{1}\u{1}", .down),
        file("# no more than\n# comments\n", .up),
        // Ends.
        file("exit 127\n", .down), file("exit 255\n", .down), file("exit 256\n", .up), file("exit -1\n", .down),
        file("kill -9 $$\n", .down, original: (.up, "external-signal")),
        file("kill -15 $$\n", .down, original: (.up, "external-signal")),
        file("exec sleep 60\n", .down), file("trap '' 15; sleep 60; sleep 60\n", .down),
        // What they read, write and leave behind.
        file("head -c 200000 /dev/zero; exit 0\n", .up), file("exec >&-; echo x; exit 0\n", .up),
        file("cat; read line; exit 0\n", .up), file("sleep 9 & exit 0\n", .up), file("setsid sleep 9 & exit 0\n", .up),
        file("echo x > /dev/stdout && echo x > /dev/stderr\n", .up), file("set -e; ls /no/such; exit 0\n", .down),
        file("test $# = 4 && test \"$1 $3\" = '10.9.0.100 127.0.0.11' && test $2 = $4\n", .up),
        file("test -n \"$PATH\" && cd . && umask > /dev/null\n", .up),
        // Names.
        made("true", .up), made("false", .down), made("no-such-program", .down), made("/no/such/program", .down),
        made("/bin/true -x", .down), made("/bin/", .down), made("/etc/passwd", .down), made("/dev/null", .down),
        made("bin/true", .up), made("$HOME/x", .down), made("~/x", .down), made("/bin/../bin/./true", .up),
        made("/bin/true/", .down), made("FOLDER/NUMBER", by: "ln -s /bin/true FOLDER/NUMBER", .up),
        made("FOLDER/NUMBER", by: "ln -s FOLDER/gone FOLDER/NUMBER", .down),
        made("FOLDER/a b.sh", by: "echo exit 0 > 'FOLDER/a b.sh'; chmod +x 'FOLDER/a b.sh'", .up),
        made("FOLDER/NUMBER", by: "echo exit 0 > FOLDER/NUMBER; chmod 644 FOLDER/NUMBER", .down),
        made("FOLDER/NUMBER", by: "mkfifo FOLDER/NUMBER; chmod 755 FOLDER/NUMBER", .down),
        made(
            "FOLDER/NUMBER",
            by: "cp /bin/true FOLDER/t; printf '#!FOLDER/t' > FOLDER/NUMBER; chmod 755 FOLDER/NUMBER",
            .up
        ),
        // Perl.
        perl("exit 0", .up), perl("exit 3;", .down), perl("exit", .up), perl("exit 256", .down), perl("", .up),
        perl("exit 'abc'", .up), perl("exit 0.5", .down), perl("return 5;", .up), perl("die 'x'", .down),
        perl("1;", .up), perl("0;", .up), perl("#!/usr/bin/perl -wT\nuse strict;\nexit 0;\n", .up),
        perl("#!/bin/sh\nexit 0\n", .up), perl("#!/bin/sh\n[ -f /x ] && exit 1\nexit 0\n", .down),
        perl("#!/usr/bin/perl\r\nexit 0;\r\n", .up),
        perl("my ($v, $p, $r) = @_; exit($r eq '127.0.0.11' ? 0 : 1)", .up),
        perl("exit($ARGV[2] eq '127.0.0.11' ? 0 : 1)", .up),
        perl("shift; exit($_[1] eq '127.0.0.11' && @ARGV == 4 ? 0 : 1)", .up), perl("$x = 1; exit 0", .down),
        perl("use No::Such::Module; exit 0", .down), perl("exit 0 }", .down), perl("sub f { exit 6 } f();", .down),
        perl("exit(inet_ntoa(inet_aton('127.0.0.1')) eq '127.0.0.1' ? 0 : 1)", .up),
        perl("exit 0 # well", .up, original: (.down, "external-perl")),
        perl("exit 0;\n__END__\nfoo {", .up, original: (.down, "external-perl")),
        perl("\u{feff}exit 0;\n", .up, original: (.down, "external-perl")),
        perl("=pod\n\nx\n\n=cut\n\nexit 0;\n", .up, original: (.down, "external-perl")),
    ]
}
