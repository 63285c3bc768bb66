import CNetlink

// The numbers of linux/ip_vs.h and linux/netlink.h in the types that messages have them in. Nothing above the codec
// knows them.

/// What a message asks for or carries: `IPVS_CMD_*`.
enum WireCommand {
    static let newService = UInt8(IPVS_CMD_NEW_SERVICE)
    static let setService = UInt8(IPVS_CMD_SET_SERVICE)
    static let deleteService = UInt8(IPVS_CMD_DEL_SERVICE)
    static let getService = UInt8(IPVS_CMD_GET_SERVICE)
    static let newDestination = UInt8(IPVS_CMD_NEW_DEST)
    static let setDestination = UInt8(IPVS_CMD_SET_DEST)
    static let deleteDestination = UInt8(IPVS_CMD_DEL_DEST)
    static let getDestination = UInt8(IPVS_CMD_GET_DEST)
    static let newDaemon = UInt8(IPVS_CMD_NEW_DAEMON)
    static let deleteDaemon = UInt8(IPVS_CMD_DEL_DAEMON)
    static let getDaemon = UInt8(IPVS_CMD_GET_DAEMON)
    static let setConfiguration = UInt8(IPVS_CMD_SET_CONFIG)
    static let getConfiguration = UInt8(IPVS_CMD_GET_CONFIG)
    static let setInformation = UInt8(IPVS_CMD_SET_INFO)
    static let getInformation = UInt8(IPVS_CMD_GET_INFO)
    static let zero = UInt8(IPVS_CMD_ZERO)
    static let flush = UInt8(IPVS_CMD_FLUSH)
}

/// The outermost attributes of a message: `IPVS_CMD_ATTR_*`, and `IPVS_INFO_ATTR_*` in the reply to `getInformation`.
enum TopAttribute {
    static let service = UInt16(IPVS_CMD_ATTR_SERVICE)
    static let destination = UInt16(IPVS_CMD_ATTR_DEST)
    static let daemon = UInt16(IPVS_CMD_ATTR_DAEMON)
    static let timeoutTCP = UInt16(IPVS_CMD_ATTR_TIMEOUT_TCP)
    static let timeoutTCPFin = UInt16(IPVS_CMD_ATTR_TIMEOUT_TCP_FIN)
    static let timeoutUDP = UInt16(IPVS_CMD_ATTR_TIMEOUT_UDP)
    static let informationVersion = UInt16(IPVS_INFO_ATTR_VERSION)
    static let informationTableSize = UInt16(IPVS_INFO_ATTR_CONN_TAB_SIZE)
}

/// `IPVS_SVC_ATTR_*`.
enum ServiceAttribute {
    static let family = UInt16(IPVS_SVC_ATTR_AF)
    static let transport = UInt16(IPVS_SVC_ATTR_PROTOCOL)
    static let address = UInt16(IPVS_SVC_ATTR_ADDR)
    static let port = UInt16(IPVS_SVC_ATTR_PORT)
    static let mark = UInt16(IPVS_SVC_ATTR_FWMARK)
    static let scheduler = UInt16(IPVS_SVC_ATTR_SCHED_NAME)
    static let flags = UInt16(IPVS_SVC_ATTR_FLAGS)
    static let timeout = UInt16(IPVS_SVC_ATTR_TIMEOUT)
    static let netmask = UInt16(IPVS_SVC_ATTR_NETMASK)
    static let statistics = UInt16(IPVS_SVC_ATTR_STATS)
    static let engine = UInt16(IPVS_SVC_ATTR_PE_NAME)
    static let statistics64 = UInt16(IPVS_SVC_ATTR_STATS64)
}

/// `IPVS_DEST_ATTR_*`.
enum DestinationAttribute {
    static let address = UInt16(IPVS_DEST_ATTR_ADDR)
    static let port = UInt16(IPVS_DEST_ATTR_PORT)
    static let forwarding = UInt16(IPVS_DEST_ATTR_FWD_METHOD)
    static let weight = UInt16(IPVS_DEST_ATTR_WEIGHT)
    static let upperThreshold = UInt16(IPVS_DEST_ATTR_U_THRESH)
    static let lowerThreshold = UInt16(IPVS_DEST_ATTR_L_THRESH)
    static let activeConnections = UInt16(IPVS_DEST_ATTR_ACTIVE_CONNS)
    static let inactiveConnections = UInt16(IPVS_DEST_ATTR_INACT_CONNS)
    static let persistentConnections = UInt16(IPVS_DEST_ATTR_PERSIST_CONNS)
    static let statistics = UInt16(IPVS_DEST_ATTR_STATS)
    static let family = UInt16(IPVS_DEST_ATTR_ADDR_FAMILY)
    static let statistics64 = UInt16(IPVS_DEST_ATTR_STATS64)
    static let tunnelKind = UInt16(IPVS_DEST_ATTR_TUN_TYPE)
    static let tunnelPort = UInt16(IPVS_DEST_ATTR_TUN_PORT)
    static let tunnelChecksum = UInt16(IPVS_DEST_ATTR_TUN_FLAGS)
}

/// `IPVS_DAEMON_ATTR_*`.
enum DaemonAttribute {
    static let role = UInt16(IPVS_DAEMON_ATTR_STATE)
    static let interface = UInt16(IPVS_DAEMON_ATTR_MCAST_IFN)
    static let syncID = UInt16(IPVS_DAEMON_ATTR_SYNC_ID)
    static let maximumLength = UInt16(IPVS_DAEMON_ATTR_SYNC_MAXLEN)
    static let group = UInt16(IPVS_DAEMON_ATTR_MCAST_GROUP)
    static let group6 = UInt16(IPVS_DAEMON_ATTR_MCAST_GROUP6)
    static let port = UInt16(IPVS_DAEMON_ATTR_MCAST_PORT)
    static let timeToLive = UInt16(IPVS_DAEMON_ATTR_MCAST_TTL)
}

/// `IPVS_STATS_ATTR_*`.
enum StatisticsAttribute {
    static let connections = UInt16(IPVS_STATS_ATTR_CONNS)
    static let incomingPackets = UInt16(IPVS_STATS_ATTR_INPKTS)
    static let outgoingPackets = UInt16(IPVS_STATS_ATTR_OUTPKTS)
    static let incomingBytes = UInt16(IPVS_STATS_ATTR_INBYTES)
    static let outgoingBytes = UInt16(IPVS_STATS_ATTR_OUTBYTES)
    static let connectionRate = UInt16(IPVS_STATS_ATTR_CPS)
    static let incomingPacketRate = UInt16(IPVS_STATS_ATTR_INPPS)
    static let outgoingPacketRate = UInt16(IPVS_STATS_ATTR_OUTPPS)
    static let incomingByteRate = UInt16(IPVS_STATS_ATTR_INBPS)
    static let outgoingByteRate = UInt16(IPVS_STATS_ATTR_OUTBPS)
    /// The greatest number of a counter.
    static let last = outgoingByteRate
}

/// The bits of `IPVS_SVC_ATTR_FLAGS`: `IP_VS_SVC_F_*`.
enum ServiceFlag {
    static let persistent = UInt32(IP_VS_SVC_F_PERSISTENT)
    static let onePacket = UInt32(IP_VS_SVC_F_ONEPACKET)
    /// The first of three bits in a row that belong to the scheduler.
    static let firstScheduler = UInt32(IP_VS_SVC_F_SCHED1)
    static let schedulerMask: UInt32 = 0b111
}

/// Address families as the kernel numbers them.
enum WireFamily {
    static let ipv4: UInt16 = 2
    static let ipv6: UInt16 = 10
}

/// The generic netlink version that IPVS speaks, and its family's name.
enum WireFormat {
    static let version = UInt8(IPVS_GENL_VERSION)
    static let familyName = IPVS_GENL_NAME
    /// The bytes of `struct genlmsghdr`, which stands between netlink's own header and the attributes.
    static let genericHeaderLength = 4
}
