import Failover

/// Whether a process is one of a tracked kind, by what the kernel tells of it.
struct ProcessMatch: Sendable {
    /// The most letters that the kernel keeps of a name.
    private static let longestName = 15

    private let name: [UInt8]
    private let parameters: [UInt8]
    private let match: TrackedProcesses.Match?
    /// Whether more than its short name must be known.
    let needsCommandLine: Bool

    /// The rule of a tracked kind.
    init(_ settings: TrackedProcesses) {
        let whole = Array(settings.command.utf8)
        let last =
            whole.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last.map(Array.init) ?? []
        name = settings.comparesWholeCommand ? whole : Array(last.prefix(Self.longestName))
        parameters = settings.parameters.flatMap { Array($0.utf8) + [0] }
        match = settings.match
        comparesWholeCommand = settings.comparesWholeCommand
        needsCommandLine = settings.comparesWholeCommand || settings.match != nil
    }

    private let comparesWholeCommand: Bool

    /// Whether it fits a process.
    ///
    /// - Parameters:
    ///   - shortName: its name of at most 15 bytes (`/proc/N/comm`), without the end of the line.
    ///   - commandLine: its words, each with a zero behind it (`/proc/N/cmdline`); asked for where it is needed.
    func fits(_ shortName: [UInt8], commandLine: () -> [UInt8]) -> Bool {
        guard needsCommandLine else { return shortName == name }
        if !comparesWholeCommand, shortName != name { return false }
        let words = commandLine()
        let end = words.firstIndex(of: 0) ?? words.endIndex
        if comparesWholeCommand, !words[..<end].elementsEqual(name) { return false }
        let rest = words.dropFirst(end + 1)
        switch match {
        case nil: return true
        case .exact: return rest.elementsEqual(parameters)
        case .initial: return rest.starts(with: parameters)
        // The last parameter may go on, so that its end is not looked for.
        case .partial: return rest.starts(with: parameters.dropLast())
        }
    }
}
