import Configuration
import TestKit
import Testing

/// The records of `Fixtures/keepalived/requests`; its README has their origin.
enum RecordedRequests {
    /// The rows of a table, in columns.
    static func rows(of name: String) throws -> [[String]] {
        let text = try SourceTree.text(of: "Fixtures/keepalived/requests/\(name).tsv")
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// The request of a `url` block.
    static func request(_ words: String) throws -> HTTPRequest {
        var request = HTTPRequest(target: "/", host: "h", by: .http10)
        var pattern = ContentPattern("")
        var options: ContentPattern.Options = []
        for setting in words.split(separator: "|") {
            let words = setting.split(separator: " ").map(String.init)
            let value = words.count > 1 ? words[1] : ""
            switch words[0] {
            case "path": break
            case "regex":
                let quoted = value.split(separator: "\"").joined()
                pattern.source = quoted.split(separator: "\\\\", omittingEmptySubsequences: false).joined(
                    separator: "\\"
                )
            case "regex_no_match": pattern.isNegated = true
            case "regex_min_offset": pattern.minOffset = try #require(Int(value))
            case "regex_max_offset": pattern.maxOffset = Int(value)
            case "regex_options":
                for name in words.dropFirst() { options.insert(try #require(ContentPattern.Options(name: name))) }
            case "digest": request.digest = octets(value)
            case "status_code":
                request.statuses = HTTPStatusSet(
                    try words.dropFirst().map { word in
                        let ends = try word.split(separator: "-").map { try #require(UInt16($0)) }
                        return ends[0]...(ends.last ?? ends[0])
                    }
                )
            default: Issue.record("the word \(words[0])")
            }
        }
        pattern.syntax = .pcre2(options)
        if !pattern.source.isEmpty { request.pattern = pattern }
        return request
    }
}
