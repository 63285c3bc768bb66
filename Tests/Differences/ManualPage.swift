/// What the manual page of ipvsadm says of its differences from 1.31.
public enum ManualPage {
    /// The keys of the section DIFFERENCES, in their order.
    public static func keys() throws -> [String] {
        let lines = try SourceTree.text(of: "man/ipvsadm.8").split(separator: "\n")
        return lines.drop { $0 != ".Sh DIFFERENCES" }
            .dropFirst()
            .prefix { !$0.hasPrefix(".Sh ") }
            .filter { $0.hasPrefix(".It Cm ") }
            .map { String($0.dropFirst(".It Cm ".count)) }
    }
}
