/// A point in which our ipvsadm is better than 1.31 on purpose, by the key that the manual page has for it.
struct Difference {
    let key: String
    /// What is better, in short.
    let reason: String
    /// Whether a test of its own shows it, because no comparison of one command line can.
    var isProvenElsewhere = false

    static let all: [Difference] = [
        Difference(key: "save-thresholds", reason: "-S writes -x and -y"),
        Difference(key: "unsigned-marks", reason: "marks beyond 2147483647 are shown as they are"),
        Difference(key: "sort-order", reason: "the order is numeric"),
        Difference(key: "no-crash", reason: "no words end the program by a signal"),
        Difference(key: "help-text", reason: "the help is in our words"),
        Difference(key: "save-options", reason: "ipvsadm-save knows more options"),
        Difference(key: "restore-comments", reason: "-R passes over comments"),
        Difference(key: "restore-errors", reason: "-R names the line of an error and tells of it by its status"),
        Difference(key: "restore-checks-first", reason: "-R applies nothing of an input with an error"),
    ]
}
