import Configuration
import Testing

/// What Perl's `system` makes of one text, found out by running it.
struct ShellCommandTests {
    @Test(arguments: [
        ("/bin/x start 10.0.0.1:80 tcp", ShellCommand.words(["/bin/x", "start", "10.0.0.1:80", "tcp"])),
        ("  x\t a  ", .words(["x", "a"])), ("", .words([])), (" ", .words([])), ("x # y", .words(["x", "#", "y"])),
        ("x a=b", .words(["x", "a=b"])), ("x !", .words(["x", "!"])), ("/x%/y^", .words(["/x%/y^"])),
        ("x a\n", .words(["x", "a"])), ("/é start", .words(["/é", "start"])),
        ("x 'a b'", .shell("x 'a b'")), ("x; y", .shell("x; y")), ("x > y", .shell("x > y")), ("x $y", .shell("x $y")),
        (" x [::1]:80", .shell("x [::1]:80")), ("A=b x", .shell("A=b x")), ("exec x", .shell("exec x")),
        ("~/x", .shell("~/x")), ("x\\ y", .shell("x\\ y")), ("x\ny", .shell("x\ny")), ("`x`", .shell("`x`")),
    ])
    func textIsTakenAsPerlDoes(text: String, line: ShellCommand) {
        #expect(ShellCommand(text) == line)
    }

    @Test(arguments: [
        ("/bin/x start", "/bin/x"), ("x start", "x"), ("/bin/x > /y", "/bin/x"), ("A=/b x;", nil), ("(/bin/x)", nil),
        ("if true; then x; fi", nil), ("'/a b/x' y", nil), ("", nil),
    ])
    func programIsNamedWhereItIsPlain(text: String, program: String?) {
        #expect(ShellCommand(text).program == program)
    }
}
