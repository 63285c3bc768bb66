import Configuration
import IPVS
import VRRP

extension FollowingSyncDaemons {
    /// The daemon that is to run while the virtual router is in a state; nil stands for one that nobody knows.
    func wanted(in state: RouterState?) -> SyncDaemon {
        var daemon = daemon
        daemon.role = state == .master ? .master : .backup
        return daemon
    }
}
