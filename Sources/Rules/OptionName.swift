/// What options can say beside the command, under the names that messages give it.
///
/// The order is the order in which options are held against the command, so that it decides which message wins.
enum OptionName: String, Hashable, CaseIterable, Sendable {
    case numeric
    case connection
    case serviceAddress = "service-address"
    case scheduler
    case persistent
    case netmask
    case realServer = "real-server"
    case forwardingMethod = "forwarding-method"
    case weight
    case upperThreshold = "u-threshold"
    case lowerThreshold = "l-threshold"
    case multicastInterface = "mcast-interface"
    case timeout
    case daemon
    case stats
    case rate
    case thresholds
    case persistentConnections = "persistent-conn"
    case noSort = "nosort"
    case syncID = "syncid"
    case exact
    case onePacket = "ops"
    case persistenceEngine = "pe"
    case schedulerFlags = "sched-flags"
    case multicastGroup = "mcast-group"
    case multicastPort = "mcast-port"
    case multicastTTL = "mcast-ttl"
    case maximumLength = "sync-maxlen"
    case tunnelInformation = "tun-info"
    case tunnelType = "tun-type"
    case tunnelPort = "tun-port"
    case tunnelNoChecksum = "tun-nocsum"
    case tunnelChecksum = "tun-csum"
    case tunnelRemoteChecksum = "tun-remcsum"
    case json

    /// Every option, made once.
    static let inOrder = allCases
}
