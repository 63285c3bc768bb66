/// A look at a file that may have changed; it takes as long as the file system likes.
struct FileLook: Sendable {
    /// What was found.
    enum Finding: Sendable {
        /// It is as it was read last.
        case same
        /// It is another one, and has not been left alone for long enough.
        case changed(FileState)
        /// It has been left alone, but somebody has not closed it.
        case beingWritten(FileState)
        case read(FileContents)
        /// There is none, or it cannot be read.
        case gone
        /// Nobody can tell, for want of descriptors.
        case unknown
    }

    let path: String
    /// The file as it was read last.
    let known: FileState?
    /// The file as it has been for long enough.
    let settled: FileState?
    /// The folders on the way to the file.
    let folders: FolderNotices?
    let writers: WriteNotices

    func look() -> Finding {
        // A symbolic link may lead to another file than at the last look.
        folders?.watch(LinkTrail.folders(to: path))
        // The notices of writers begin with the first look.
        _ = writers.isModified(path)
        guard let state = FileState(of: path) else { return .gone }
        if state == known { return .same }
        guard state == settled else { return .changed(state) }
        do throws(SystemFailure) {
            let contents = try FileContents(reading: path, notices: writers)
            return contents.isBeingWritten ? .beingWritten(state) : .read(contents)
        } catch {
            return error.isExhaustion ? .unknown : .gone
        }
    }
}
