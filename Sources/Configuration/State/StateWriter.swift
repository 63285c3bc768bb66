/// Writes out what a configuration says together with how everything in it is, in the form of its language.
package protocol StateWriter: Sendable {
    /// The files of it, for those of the machine to whom they are shown; secrets may stand in them.
    ///
    /// - Parameter pools: the state of the pools in the order of the configuration.
    func files(of pools: [PoolState]) -> [StateFile]
}

/// A file of what a director has and how it is.
package struct StateFile: Hashable, Sendable {
    /// Its name, without a folder and without what is behind a full stop.
    package let name: String
    /// What stands in it.
    package let text: String

    /// Makes a file.
    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
