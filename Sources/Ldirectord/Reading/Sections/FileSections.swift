import Addresses
import Configuration
import IPVS

/// A file taken apart: values are read, names are not yet resolved, nothing is inherited.
struct FileSections: Sendable {
    var global = GlobalSection()
    var virtuals: [VirtualSection] = []

    /// The folders that the file needs.
    var folders: [NamedFolder] { Array(global.folders.values) + virtuals.compactMap(\.monitorFolder) }

    /// Every name that stands in it.
    var questions: Set<NameQuestion> {
        var questions: Set<NameQuestion> = []
        for (family, fallback) in global.fallbacks {
            fallback.host.question(family).map { _ = questions.insert($0) }
            for transport in [TransportProtocol.tcp, .udp] {
                fallback.port?.question(transport).map { _ = questions.insert($0) }
            }
        }
        for virtual in virtuals { virtual.addQuestions(to: &questions) }
        return questions
    }
}
