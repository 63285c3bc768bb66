import Keepalived
import Testing

struct ConditionTests {
    @Test(arguments: [
        ("@lb1 a\n@lb2 b\n@^lb1 c\n@^lb2 d", "a; d"),
        ("@ a\n@\n@^\n@^ b\n@lb1\nc", "b; c"),
        ("@lb1 a {\n@lb1   b\n@lb1 }\n@lb2 c {\n@lb2 d\n@lb2 }", "a {b}"),
        ("a { @lb1 b\n}", "a {b}"),
        ("a { @lb2 b }\n}", "a {}"),
        ("@lb1 $A=1\n@lb2 $A=2\na $A", "a 1"),
        ("$A=@lb1 a\n$A", "a"),
        ("$A=lb1\n@$A a\n@${A} b\n@lb1$A c", ""),
        // The second condition of a line is a keyword.
        ("@lb1 @lb1 a", "@lb1 a"),
        ("\t@lb1\ta", "a"),
    ])
    func linesAreForOneIdentity(text: String, outline: String) {
        let tree = tree(of: text)
        #expect(tree.outline == outline)
        #expect(tree.complaints == [])
    }
}
