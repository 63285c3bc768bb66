import Diagnostics

/// The names of directives, by where they may stand.
enum DirectiveNames {
    private static let ofServers = ["real", "real6", "fallback", "fallback6"]
    private static let ofBeginnings = ["virtual", "virtual6"]

    /// Whether a directive of that name may stand in the block of a virtual server.
    static func isOfBlock(_ name: String) -> Bool {
        ofServers.contains(name) || VirtualSection.table.contains(name)
    }

    /// Whether a directive of that name may stand outside of every block.
    static func isOfFile(_ name: String) -> Bool {
        ofBeginnings.contains(name) || GlobalSection.table.contains(name)
    }

    /// The name that was probably meant by one that is none; nil where nothing is near.
    static func nearest(to name: String, isInBlock: Bool) -> String? {
        Suggestion.nearest(to: name, among: isInBlock ? ofBlock : ofFile)
    }

    private static let ofBlock = VirtualSection.table.directives.keys.sorted() + ofServers
    private static let ofFile =
        GlobalSection.table.directives.keys.sorted() + ofBeginnings + ["fallback", "fallback6"]
}
