import Configuration
import DirectorService
import Failover

extension LoadedConfiguration {
    /// Whether it has something to do with the kernel's table.
    func needsTable(for parts: DaemonParts = .all) -> Bool {
        guard let configuration, let failover else { return true }
        return parts.contains(.services) && !configuration.virtualServers.isEmpty
            || !configuration.settings.syncDaemons.isEmpty || failover.synchronisation != nil
    }
}
