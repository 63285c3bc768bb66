import Addresses
import System

/// The file of the configuration, those that it includes and the folder for maintenance that it names, followed while a
/// director runs.
final class FollowedFiles {
    private let loop: EventLoop
    private let path: String
    /// The time that whoever is writing the file has to end.
    private let patience: Duration
    private var file: FileWatch?
    private var inclusions: InclusionWatch?
    private var folder: MaintenanceWatch?

    /// Tell of those who write the file.
    let writers = WriteNotices()
    /// What the folder for maintenance had when the configuration in force was loaded; nil where it has none.
    var listing: FolderListing?

    init(on loop: EventLoop, path: String, patience: Duration) {
        self.loop = loop
        self.path = path
        self.patience = patience
    }

    /// Follows the file, which had these contents just now.
    func followFile(_ contents: FileContents, _ body: @escaping (FileWatch.Event) -> Void) {
        file = FileWatch(
            on: loop,
            path: path,
            contents: contents,
            writers: writers,
            patience: patience,
            body
        )
    }

    /// Takes note of what the file had when it was loaded again.
    func loaded(_ contents: FileContents) { file?.read(contents) }

    /// Follows the files that it includes, as they were read just now.
    func followInclusions(_ read: Inclusions, _ body: @escaping () -> Void) {
        writers.keep(read.files.union([path]))
        if read.isEmpty {
            inclusions = nil
        } else if let inclusions {
            inclusions.read(read)
        } else {
            inclusions = InclusionWatch(on: loop, read, writers: writers, body)
        }
    }

    /// Follows that folder for servers with these addresses, or none.
    ///
    /// - Parameter body: told at once, and whenever it changes, which files it has and the names of the addresses.
    /// - Returns: whether there is such a folder, where one is wanted.
    func followFolder(
        _ path: String?,
        addresses: @autoclosure () -> Set<IPAddress>,
        _ body: @escaping (_ files: Set<String>, _ names: [IPAddress: String]) -> Void
    ) -> Bool {
        guard path != nil || folder != nil else { return true }
        let watch = folder ?? MaintenanceWatch(on: loop, body)
        folder = watch
        guard let path else {
            _ = watch.change(to: nil, .missing, addresses: [])
            folder = nil
            return true
        }
        return watch.change(to: path, listing ?? .unreadable, addresses: addresses())
    }

    /// Follows nothing any more.
    func end() { (file, inclusions, folder) = (nil, nil, nil) }
}
