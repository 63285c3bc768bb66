/// What a director shall keep in the kernel and how it shall behave, whatever syntax it was written in.
///
/// Names are resolved, defaults and inheritance are applied: what stands here is what happens.
package struct DirectorConfiguration: Hashable, Sendable {
    /// The virtual servers in the order of the file; no two have the same key.
    package var virtualServers: [VirtualServer]
    /// What holds for the whole director.
    package var settings: DirectorSettings

    /// Makes a configuration; without arguments one that keeps nothing.
    package init(virtualServers: [VirtualServer] = [], settings: DirectorSettings = DirectorSettings()) {
        self.virtualServers = virtualServers
        self.settings = settings
    }
}
