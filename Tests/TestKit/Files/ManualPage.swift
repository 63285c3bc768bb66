/// What manual pages say of differences from the original programs.
public enum ManualPage {
    /// The keys of the section DIFFERENCES, in their order.
    public static func keys(of page: String = "ipvsadm.8") throws -> [String] {
        let lines = try SourceTree.text(of: "man/\(page)").split(separator: "\n")
        return lines.drop { $0 != ".Sh DIFFERENCES" }
            .dropFirst()
            .prefix { !$0.hasPrefix(".Sh ") }
            .filter { $0.hasPrefix(".It Cm ") }
            .map { String($0.dropFirst(".It Cm ".count)) }
    }
}
