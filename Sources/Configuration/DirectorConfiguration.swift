/// What a director shall keep in the kernel and how it shall behave, whatever syntax it was written in.
///
/// Names are resolved, defaults and inheritance are applied: what stands here is what happens.
package struct DirectorConfiguration: Hashable, Sendable {
    /// The virtual servers in the order of the file; several may share a service, whose settings are then those of the first.
    package var virtualServers: [VirtualServer]
    /// The settings for all of them.
    package var settings: DirectorSettings
    /// The settings of the process that the director runs in.
    package var process: ProcessSettings
    /// Where settings stand that hold for all, as far as the language tells.
    package var places: [SharedSetting: FilePlace] = [:]

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
