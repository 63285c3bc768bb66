package import System

extension PIDFile {
    /// Takes the file for this director, and the processes that it forks.
    ///
    /// - Throws: `isHeld` when another director has it, one of the original included, which locks nothing; `system` when it
    ///   cannot be made.
    package convenience init(claiming path: String) throws(Failure) {
        try self.init(claiming: path) { process, isLockKnown in
            DirectorProcess.exists(process, ofPIDFile: path, isLockKnown: isLockKnown)
        }
    }

    /// The process of the director that has taken the file at a path, or of one of the original that is named in it.
    package static func holder(of path: String) -> Int32? {
        holder(of: path) { process, isLockKnown in
            DirectorProcess.exists(process, ofPIDFile: path, isLockKnown: isLockKnown)
        }
    }
}
