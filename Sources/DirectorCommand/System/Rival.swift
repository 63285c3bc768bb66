import Configuration
import DirectorService
import IPVS
import System

/// Another daemon of this network namespace with a configuration that has services of ours, as a copy of it has.
struct Rival {
    let holder: ConfigurationLock.Holder
    /// The path of its configuration.
    let configuration: String
    /// The services that both have.
    let shared: Set<ServiceKey>
    /// Whether neither has another.
    let hasAll: Bool

    /// The most bytes of a configuration that is looked at.
    private static let limit = 64 << 20

    /// All that there are, by the locks in a folder.
    static func all(of own: CheckedFile, in folder: String) -> [Rival] {
        guard let ours = own.configuration.map(services), !ours.isEmpty else { return [] }
        let path = SystemFile.resolved(own.path)
        return ConfigurationLock.holders(in: folder).compactMap { holder in
            guard let other = holder.configuration, other != path,
                let bytes = try? SystemFile.read(other, limit: limit)
            else { return nil }
            let file = Language(of: bytes, name: other).read(bytes, name: other, context: ReadingContext(hostName: ""))
            // Names that both have are known; another that is not cannot be told to be the same.
            let loaded = file.loaded(with: ConfigurationAnswers(names: own.answers), unresolved: .leaveOut)
            let theirs = loaded.configuration.map(services) ?? []
            let shared = ours.intersection(theirs)
            guard !shared.isEmpty else { return nil }
            return Rival(holder: holder, configuration: other, shared: shared, hasAll: ours == theirs)
        }
    }

    private static func services(of configuration: DirectorConfiguration) -> Set<ServiceKey> {
        Set(configuration.virtualServers.flatMap { $0.services.map(\.key) })
    }
}

extension ServiceKey {
    /// The service as people write it.
    var text: String {
        switch self {
        case .endpoint(.udp, let endpoint): "udp \(endpoint)"
        case .endpoint(.sctp, let endpoint): "sctp \(endpoint)"
        case .endpoint(_, let endpoint): "tcp \(endpoint)"
        case .mark(let mark, _): "fwmark \(mark)"
        }
    }
}
