import Keepalived
import Testing

/// What keepalived 2.2.7 makes of sequences and lists, as it was seen to do.
struct GeneratorTests {
    @Test(arguments: [
        ("~SEQ(N, 2) a$N", "a1; a2"),
        ("~SEQ (N, 2)a${N}", "a1; a2"),
        ("~SEQ( N , 0x3 , -1, 01 ) a$N", "a3; a2; a1"),
        ("~SEQ(N, 3, 1) a$N", "a3; a2; a1"),
        ("~SEQ(N, 1, 2, 4) a$N", "a1; a3"),
        ("~SEQ(N, -1, 1) a$N", "a-1; a0; a1"),
        ("~SEQ(N, -2) a$N", "a-1; a-2"),
        ("~SEQ(N, 0) a$N", "a1; a0"),
        ("~SEQ(N, +2) a$N", "a1; a2"),
        ("~SEQ(N, 5, 5) a$N", "a5"),
        ("~SEQ(N, 9223372036854775806, 9223372036854775807) $N", "9223372036854775806; 9223372036854775807"),
        ("~SEQx(N, 9, 11) a$N", "a9; aa; ab"),
        ("~SEQx(N, 0x1e, 2, 0x22) a${N}", "a1e; a20; a22"),
        ("~SEQ(N, 2) a ${N} { b $N }\nc", "a 1 {b 1}; a 2 {b 2}; c"),
        ("~SEQ(N, 2) ~SEQ(M, 2) a${N}${M}", "a11; a12; a21; a22"),
        ("$K=2\n~SEQ(N, $K) a$N", "a1; a2"),
        ("$K=2\n~SEQ(N, ${K}) a$N", "a1; a2"),
        ("$N=9\n~SEQ(N, 2) a$N\nb$N", "a1; a2; b2"),
        ("~SEQ(N, 2) $R=v$N\nb$R", "bv2"),
        ("@lb1 ~SEQ(N, 2) @lb1 a$N", "a1; a2"),
        ("x ~SEQ(N, 2)", "x ~SEQ(N, 2)"),
        ("a { ~SEQ(N, 2) b$N\n}", "a {b1; b2}"),
        ("~LST(H, 11, 13 , 17) a$H", "a11; a13; a17"),
        ("~LST({H, W}, {21, 3}, {22, 4}) a${H} $W", "a21 3; a22 4"),
        ("~LST({H,W}, {a,b}, {c}) a${H}x${W}", "aaxb; acx"),
        ("~LST({H,W}, a) a${H}x${W}", "aax"),
        ("~LST(N,,a) b${N}", "b; ba"),
        ("~LST(N,) b${N}", "b"),
        ("~lst(N, a) b", "~lst(N, a) b"),
    ])
    func linesAreReadForEachValue(text: String, outline: String) {
        let tree = tree(of: text)
        #expect(tree.outline == outline)
        #expect(tree.complaints == [])
    }

    @Test(arguments: [
        ("a {\n  ~SEQ(N, 1, 3 b$N\n}", "k.conf:2:3: the bracket of ~SEQ is not closed in its line"),
        ("~SEQ x", "k.conf:1:1: the bracket of ~SEQ is not closed in its line"),
        ("~SEQ(N, 1, -1, 3) a", "k.conf:1:12: a step that does not lead to the last number"),
        ("~SEQ(N, 1, 0, 3) a", "k.conf:1:12: a step that does not lead to the last number"),
        ("~SEQ(N) a", "k.conf:1:1: a sequence without its numbers"),
        ("~SEQ() a", "k.conf:1:1: a sequence without its numbers"),
        ("~SEQ(N, 1, 2, 3, 4) a", "k.conf:1:1: a sequence without its numbers"),
        ("~SEQ(N, x) a", "k.conf:1:9: not a number"),
        ("~SEQ(N, 08) a", "k.conf:1:9: not a number"),
        ("~SEQ(N, --1) a", "k.conf:1:9: not a number"),
        ("~SEQ(N, 9223372036854775808) a", "k.conf:1:9: not a number"),
        ("~SEQx(N, -2, 0) a", "k.conf:1:10: a hexadecimal sequence has no negative numbers"),
        (
            "~SEQ(N, -9223372036854775808, 9223372036854775807) a",
            "k.conf:1:1: ~SEQ would make the configuration longer than 131072 lines"
        ),
        ("~LST(N) a", "k.conf:1:1: a list without values"),
        ("~LST({N,M}, {a,b}, {c,d,e}) a", "k.conf:1:20: more values than names"),
        ("~LST(N, a b, c) a", "k.conf:1:9: a value of a list with a blank in it"),
    ])
    func whatIsNoSequenceIsTold(text: String, complaint: String) {
        #expect(tree(of: text).complaints == [complaint])
    }
}
