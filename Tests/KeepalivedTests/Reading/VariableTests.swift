import Diagnostics
import Keepalived
import Testing

/// What keepalived 2.2.7 makes of variables, as it was seen to do.
struct VariableTests {
    @Test(arguments: [
        ("$A=1\nx $A", "x 1"),
        ("$A=  two words  # comment\nx $A", "x two words"),
        ("$A=\"q r\"\nx $A", "x 'q r'"),
        ("$A=\nx $A y", "x y"),
        ("$A=\n$A\nb", "b"),
        ("$A=1\nx a${A}b", "x a1b"),
        ("$A=1\nx $A,$A) $A", "x 1,1) 1"),
        ("$A=1\nx $A.$A", "x $A.1"),
        ("$A=1\nx $A/24", "x $A/24"),
        ("$A=1\nx \"$A\" \"a $A b\" \"${A}\"", "x '$A' 'a 1 b' '1'"),
        ("$A=1\nx $A\"y\"", "x $A 'y'"),
        ("$A=1\nx $ $$A a$A \\$A", "x $ $1 a1 \\1"),
        ("$A=A2\n$A2=y\nx $$A", "x y"),
        ("$A=1\n$A=2\nx $A", "x 2"),
        ("$A=$B\n$B=1\nx $A\n$B=2\nx $A", "x 1; x 2"),
        ("$V=x#y\n$V", "x"),
        ("$V=x\\#y\n$V", "x#y"),
        ("x ${_HASH}${_BANG} y", "x #! y"),
        ("x $_INSTANCE ${_INSTANCE}2", "x lb1 lb12"),
        ("x ${_PWD}/y", "x /etc/keepalived/y"),
        ("$_PWD=7\nx ${_PWD}", "x 7"),
        ("x a${_ENV LC_ALL}b${_ENV NO_SUCH_NAME}c", "x aCbc"),
        ("x ${_RANDOM 1 1}", "x 1"),
        ("$A=a { b }\n$A", "a {b}"),
        ("$W_1=a\n$_w=b\nx $W_1 $_w", "x a b"),
        ("$1a=a\nx $1a", "$1a=a; x $1a"),
        ("$ A=5\n$A =5\nx", "$ A=5; $A =5; x"),
        ("{ $A=q }", ""),
    ])
    func variablesAreReplaced(text: String, outline: String) {
        #expect(tree(of: text).outline == outline)
    }

    @Test(arguments: [
        ("$M=a 1 \\\n b 2 \\\n   c 3\n$M", "a 1; b 2; c 3"),
        ("$M=a { \\\n b 2 \\\n }\nx { $M\n}", "x {a {b 2}}"),
        ("$M=1 # one \\\n b 2\nx $M", "x 1; b 2"),
        ("$M=a \\\n# comment\n c\n$M", "c; a"),
        ("$M=a \\\n\nc\n$M", "c; a"),
        ("$M=a \\\n$N\n$N=b \\\nc\nx $M\ny", "x a; b; c; y"),
        ("$M=$X=5 \\\n$Y=6\n$M\na $X $Y", "a 5 6"),
        ("$M=@foo a \\\n@lb1 b \\\n@^foo c\n$M", "b; c"),
        ("lb_algo rr \\\nb", "lb_algo rr\\; b"),
        ("$T=v$N \\\nu$N\n~SEQ(N, 2) $T", "v1; u1; v2; u2"),
        ("$T=v$N \\\nu$N\n~SEQ(N, 2) x $T", "x v1; u1; x v2; u2"),
        ("$M=~SEQ(N, 2) a$N \\\n b$N\n$M", "a1; a2; b2"),
        ("$M=a { b { \\\n c } } d\n$M\ne", "a {b {c}}; d; e"),
    ])
    func severalLinesReplaceTheEndOfALine(text: String, outline: String) {
        #expect(tree(of: text).outline == outline)
    }

    @Test(arguments: [
        ("$A=$A\nx { $A\n}", ["k.conf:1:1: $A is a variable of itself"]),
        ("\n$A=x $B\n$B=y $A\n$A\n$A", ["k.conf:2:1: $A is a variable of itself"]),
        ("$A=a \\\n$A\n$A\nx", ["k.conf:1:1: $A is a variable of itself"]),
        ("x ${NOPE}", ["k.conf:1:3: there is no variable NOPE"]),
        ("x $NOPE y", ["k.conf:1:3: there is no variable NOPE"]),
        ("x a$NOPE \"$NOPE\" \"a $NOPE b\" $5 $", []),
        ("$A=1\nx ${A 2}", ["k.conf:2:3: a variable of the file takes no parameters"]),
        ("$A=1\\\n2\nx $A y", ["k.conf:3:3: A stands for several lines, which replace the end of a line only"]),
    ])
    func whatCannotBeReplacedIsTold(text: String, complaints: [String]) {
        #expect(tree(of: text).complaints.filter { !$0.contains("block") } == complaints)
    }

    @Test func placesAreThoseWhereTextIsWritten() throws {
        let text = "$NET=10.9\n$W=x y\na ${NET}.1 $W\n"
        let words = try #require(tree(of: text).statements.first?.words)
        // What is put together is where that is done, and what comes as a whole is where it is written.
        #expect(words.map(\.place.line) == [3, 3, 2, 2])
        #expect(words.map(\.place.column) == [1, 3, 4, 6])
        #expect(words.map(\.length) == [1, 8, 1, 1])
    }

    @Test func theUseOfAVariableIsNamed() {
        let tree = tree(of: "$N=x\n$V=weight $N \\\n  b\n\na { $V\n}")
        var findings = tree.findings
        let statement = tree.statements.first?.block?.statements.first
        if let word = statement?.words.last { findings.error("not a number", at: word) }
        #expect(
            findings.inOrder.map(\.description) == [
                """
                k.conf:1:4: not a number
                    $N=x
                       ^
                k.conf:2:11: $N is used here
                k.conf:5:5: $V is used here
                """
            ]
        )
    }

    @Test func expansionIsBounded() {
        var bounds = ReadingBounds()
        bounds.mostLines = 1000
        bounds.mostBytes = 100_000
        let doubled = (1...30).map { "$V\($0)=$V\($0 - 1) $V\($0 - 1)\n" }.joined()
        let bytes = tree(of: "$V0=x\n" + doubled + "$V30\n", bounds: bounds)
        #expect(bytes.complaints.count == 1)
        #expect(bytes.complaints.first?.contains("larger than 100000 bytes") == true)
        bounds.mostReplacements = 5000
        let replacements = tree(of: "$V0=\n" + doubled + "$V30\n", bounds: bounds)
        #expect(replacements.complaints.count == 1)
        #expect(replacements.complaints.first?.contains("too large") == true)
        let lines = tree(of: "$A=x \\\ny\n$B=~SEQ(N, 20) $A\n~SEQ(N, 200) $B\n", bounds: bounds)
        #expect(lines.complaints.count == 1)
        #expect(lines.complaints.first?.contains("longer than 1000 lines") == true)
        let deep = (1...100).map { "$V\($0)=$V\($0 - 1)\n" }.joined()
        #expect(tree(of: "$V0=x\n" + deep + "$V100\n").complaints.first?.contains("deeper than 32") == true)
    }
}
