import Addresses
import System
import Time

/// Follows the folder for maintenance: which files it has, and the names that the servers' addresses have in the DNS.
///
/// Names are asked for only while there are files, by threads of their own, and again from time to time.
final class MaintenanceWatch {
    /// The time after which names are asked for again.
    private static let lifetime = Duration.seconds(300)
    /// The time after which the names that have been found are used, and the others are given up.
    private static let patience = Duration.seconds(30)

    private let loop: EventLoop
    private let onChange: (_ files: Set<String>, _ names: [IPAddress: String]) -> Void
    private var folder: MaintenanceFolder?
    private var addresses: Set<IPAddress> = []
    private var names: [IPAddress: String] = [:]
    private var lookups: Lookups<IPAddress, String?>?
    private var watch: Watch?
    private var timer: LoopTimer?

    init(
        on loop: EventLoop,
        _ onChange: @escaping (_ files: Set<String>, _ names: [IPAddress: String]) -> Void
    ) {
        self.loop = loop
        self.onChange = onChange
    }

    deinit {
        endLookups()
        if let timer { loop.cancel(timer) }
    }

    /// Follows another folder, or none, for servers with these addresses; tells at once what there is.
    ///
    /// - Parameter listing: what the folder had just now.
    /// - Returns: whether there is such a folder, where one is wanted.
    func change(to path: String?, _ listing: FolderListing, addresses: Set<IPAddress>) -> Bool {
        if folder?.path != path {
            folder = path.map { MaintenanceFolder(on: loop, path: $0, listing) { [weak self] in self?.filesChanged() } }
        }
        if addresses != self.addresses {
            self.addresses = addresses
            names = names.filter { addresses.contains($0.key) }
            endLookups()
        }
        filesChanged()
        return folder?.exists ?? true
    }

    private func filesChanged() {
        onChange(folder?.files ?? [], names)
        guard folder?.files.isEmpty == false else {
            endLookups()
            return
        }
        if lookups == nil, timer == nil { askForNames() }
    }

    private func askForNames() {
        timer = nil
        guard folder?.files.isEmpty == false, !addresses.isEmpty else { return }
        let lookups = Lookups<IPAddress, String?>(of: addresses, threads: 16) { SystemLookup.name(of: $0) }
        self.lookups = lookups
        watch = try? loop.watch(lookups.descriptor, for: .readable) { [weak self] _ in self?.namesFound() }
        timer = loop.at(loop.now + Self.patience) { [weak self] in self?.namesFound() }
    }

    private func namesFound() {
        guard let found = lookups?.answers else { return }
        endLookups()
        timer = loop.at(loop.now + Self.lifetime) { [weak self] in self?.askForNames() }
        for (address, name) in found { names[address] = name }
        onChange(folder?.files ?? [], names)
    }

    private func endLookups() {
        if let watch { loop.end(watch) }
        if let timer { loop.cancel(timer) }
        watch = nil
        timer = nil
        lookups = nil
    }
}
