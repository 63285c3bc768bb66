extension DigestArguments {
    /// The long options of the original.
    private static let originalOptions = [
        "release", "help", "verbose", "use-ssl", "use-sni", "server", "use-virtualhost", "port", "url", "fwmark",
        "protocol", "timeout",
    ]

    /// The words with the original's long options written out, which it takes by their beginnings (`getopt_long(3)`).
    ///
    /// A beginning of several stays as it is, and is no option.
    static func writtenOut(_ words: [String]) -> [String] {
        let end = words.firstIndex(of: "--") ?? words.endIndex
        return words[..<end].map(writtenOut) + words[end...]
    }

    private static func writtenOut(_ word: String) -> String {
        guard word.hasPrefix("--") else { return word }
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let candidates = originalOptions.filter { $0.hasPrefix(parts[0]) }
        guard candidates.count == 1, let option = candidates.first else { return word }
        return (["--\(option)"] + parts.dropFirst()).joined(separator: "=")
    }
}
