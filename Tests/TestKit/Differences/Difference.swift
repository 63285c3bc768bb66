/// A point in which our ipvsadm differs from 1.31 on purpose, by the key that the manual page has for it.
public struct Difference: Sendable {
    public let key: String
    /// What is better, in short.
    public let reason: String
    /// The test that shows it, as `SUITE.function`, where no comparison of command lines can.
    public var proof: String?

    /// Whether a test of its own shows it.
    public var isProvenElsewhere: Bool { proof != nil }

    /// All of them, in the order of the manual page.
    public static let all: [Difference] = [
        Difference(key: "help-without-root", reason: "-h and -v need no privilege"),
        Difference(key: "help-text", reason: "the help is in our words"),
        Difference(key: "write-errors", reason: "an answer that cannot be written is no success"),
        Difference(key: "no-crash", reason: "no words end the program by a signal"),
        Difference(key: "sort-order", reason: "the order is numeric"),
        Difference(key: "unsigned-marks", reason: "marks beyond 2147483647 are shown as they are"),
        Difference(
            key: "wide-counters",
            reason: "counters of servers have 64 bits",
            // It takes more than 4 billion packets otherwise.
            proof: "TableListingTests.theCountersOfServersNeverWrap"
        ),
        Difference(
            key: "forwarding-names",
            reason: "no forwarding method is (null)",
            // Neither program can set such a method.
            proof: "TableListingTests.valuesThatIPVSDoesNotKnowAreShownWithoutCrashing"
        ),
        Difference(
            key: "connection-lines",
            reason: "long lines of the connection table are shown whole",
            // It takes SIP clients with long call identifiers.
            proof: "ConnectionListingTests.theDataOfAnEngineIsShownWhole"
        ),
        Difference(
            key: "consistent-reads",
            reason: "a table that changes while it is read is read again",
            // It takes a change at the right moment.
            proof: "ConversationTests.aDisturbedDumpIsReadAgain"
        ),
        Difference(key: "save-thresholds", reason: "-S writes -x and -y"),
        Difference(key: "save-names", reason: "names are saved whole, and only those that can be read back"),
        Difference(key: "save-flags", reason: "flag-3 of sh and mh is saved"),
        Difference(key: "save-options", reason: "ipvsadm-save knows more options"),
        Difference(key: "restore-comments", reason: "-R passes over comments"),
        Difference(key: "restore-empty-flags", reason: "-b at the end of a rule is no flags, and the rule counts"),
        Difference(key: "restore-checks-first", reason: "-R applies nothing of an input with an error"),
        Difference(key: "restore-errors", reason: "-R names the line of an error and tells of it by its status"),
        Difference(key: "restore-commands", reason: "-h, -v and -R are no rules"),
        Difference(key: "restore-last-line", reason: "-R takes a last line that ends in blanks"),
        Difference(key: "restore-converges", reason: "ipvsadm-restore makes only the changes that it takes"),
        Difference(key: "restore-plan", reason: "ipvsadm-restore can print the changes instead"),
        Difference(key: "restore-check", reason: "ipvsadm-restore can check its input only"),
        Difference(key: "restore-arguments", reason: "ipvsadm-restore refuses options that do not exist"),
        Difference(key: "json", reason: "-L answers in JSON"),
        Difference(key: "netns", reason: "another network namespace can be named"),
        Difference(key: "explain", reason: "errors are explained on demand"),
    ]
}
