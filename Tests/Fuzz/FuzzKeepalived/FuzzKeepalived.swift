import Configuration
import Diagnostics
import Keepalived

/// Takes any bytes for a `keepalived.conf`, with the files that it includes behind bytes 0x1c: reading must come to an end
/// within its bounds, places must be in the files, and blocks must not be within each other all too deep.
func readAsKeepalived(_ bytes: [UInt8]) -> Int32 {
    let files = bytes.split(separator: 0x1c, omittingEmptySubsequences: false).map(Array.init)
    var bounds = ReadingBounds()
    bounds.mostLines = 2000
    bounds.mostReplacements = 2000
    bounds.mostBytes = 1 << 18
    bounds.mostFiles = 64
    bounds.mostBytesOfFiles = 1 << 18
    var reader = SourceReader(
        files[0],
        name: "/etc/keepalived/fuzz.conf",
        context: ReadingContext(
            hostName: "lb1.example",
            demandsIncludes: bytes.count % 8 == 7,
            environment: ["NAME": "$A"]
        ),
        bounds: bounds
    )
    var rounds = 0
    while !reader.questions.isEmpty {
        rounds += 1
        precondition(rounds <= bounds.mostFiles + 1, "reading asks on and on")
        let questions = reader.questions
        precondition(Set(questions).count == questions.count, "a question is asked twice")
        reader.answer(Dictionary(uniqueKeysWithValues: questions.map { ($0, answer(to: $0, files)) }))
    }
    let tree = reader.tree
    let most = files.map { file in file.count { $0 == 0x0a } + 1 }.max() ?? 1
    for diagnostic in tree.findings.inOrder {
        precondition((1...most).contains(diagnostic.line), diagnostic.description)
        precondition(diagnostic.column > 0 && !diagnostic.message.isEmpty, diagnostic.description)
        for origin in diagnostic.origins { precondition((1...most).contains(origin.line), diagnostic.description) }
    }
    check(tree.statements, depth: 0, most)
    return 0
}

/// Files that are there, and others that are not, by the length of what is asked for.
private func answer(to question: FileQuestion, _ files: [[UInt8]]) -> [FoundFile] {
    let count = question.pattern.utf8.count
    let path = question.pattern.hasPrefix("/") ? question.pattern : "\(question.folder)/\(question.pattern)"
    let file = FoundFile(path: path, kind: .contents(files[count % files.count]))
    switch count % 16 {
    case 11: return []
    case 12: return [FoundFile(path: path, kind: .folder), file]
    case 13: return [FoundFile(path: path, kind: .executable), FoundFile(path: path, kind: .special)]
    case 14: return [FoundFile(path: path, kind: .unreadable("Permission denied"))]
    case 15: return [file, FoundFile(path: path + "2", kind: .contents(files[0]))]
    default: return [file]
    }
}

private func check(_ statements: [Statement], depth: Int, _ most: Int) {
    precondition(depth <= 32, "blocks all too deep")
    for statement in statements {
        precondition(!statement.words.isEmpty)
        for word in statement.words {
            precondition((1...most).contains(Int(word.place.line)) && word.place.column > 0 && word.length >= 0)
        }
        let script = statement.rest.scriptWords
        precondition(script.words.count == script.bytes.count)
        if let block = statement.block { check(block.statements, depth: depth + 1, most) }
    }
}
