/// What a director shall keep in the kernel and how it shall behave, whatever syntax it was written in.
///
/// Names are resolved, defaults and inheritance are applied: what stands here is what happens.
package struct DirectorConfiguration: Hashable, Sendable {
    /// The virtual servers in the order of the file; no two have the same key.
    package var virtualServers: [VirtualServer]
    /// What holds for all of them.
    package var settings: DirectorSettings
    /// How the process of the director runs.
    package var process: ProcessSettings

    /// Makes a configuration; without arguments one that keeps nothing.
    package init(
        virtualServers: [VirtualServer] = [],
        settings: DirectorSettings = DirectorSettings(),
        process: ProcessSettings = ProcessSettings()
    ) {
        self.virtualServers = virtualServers
        self.settings = settings
        self.process = process
    }
}
