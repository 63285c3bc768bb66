/// Where a word may stand: outside of all blocks, or in a block of a kind.
enum Scope: Int, CaseIterable, Sendable {
    /// Outside of all blocks.
    case file

    // The whole process.
    case globals, mailAddresses, tls

    // Services.
    case group, service, server

    // Checks.
    case tcpCheck, httpCheck, tlsCheck, url, smtpCheck, smtpHost, dnsCheck, miscCheck, udpCheck, pingCheck
    case fileCheck, sessionCheck, trackFile, bfdInstance

    // Failover.
    case vrrpInstance, vrrpSyncGroup, vrrpScript, vrrpTrackProcess, authentication, authHMAC
    case addresses, staticAddresses, routes, rules, members, interfaces, peers, trackInterface, trackScript, trackFiles
    case trackProcess, trackBFD, trackServers, trackGroup, garpGroup, linkbeatInterfaces, interfaceDelays

    /// What its block is called in messages; nil for the whole file.
    var name: String? {
        switch self {
        case .file: nil
        case .globals: "global_defs"
        case .mailAddresses: "notification_email"
        case .tls: "SSL"
        case .group: "virtual_server_group"
        case .service: "virtual_server"
        case .server: "real_server"
        case .tcpCheck: "TCP_CHECK"
        case .httpCheck: "HTTP_GET"
        case .tlsCheck: "SSL_GET"
        case .url: "url"
        case .smtpCheck: "SMTP_CHECK"
        case .smtpHost: "host"
        case .dnsCheck: "DNS_CHECK"
        case .miscCheck: "MISC_CHECK"
        case .udpCheck: "UDP_CHECK"
        case .pingCheck: "PING_CHECK"
        case .fileCheck: "FILE_CHECK"
        case .sessionCheck: "BFD_CHECK"
        case .trackFile: "track_file"
        case .bfdInstance: "bfd_instance"
        case .vrrpInstance: "vrrp_instance"
        case .vrrpSyncGroup: "vrrp_sync_group"
        case .vrrpScript: "vrrp_script"
        case .vrrpTrackProcess: "vrrp_track_process"
        case .authentication: "authentication"
        case .authHMAC: "auth_hmac"
        case .addresses: "virtual_ipaddress"
        case .staticAddresses: "static_ipaddress"
        case .routes: "virtual_routes"
        case .rules: "virtual_rules"
        case .members: "group"
        case .interfaces: "interfaces"
        case .peers: "unicast_peer"
        case .trackInterface: "track_interface"
        case .trackScript: "track_script"
        case .trackFiles: "track_file"
        case .trackProcess: "track_process"
        case .trackBFD: "track_bfd"
        case .trackServers: "track_virtual_server"
        case .trackGroup: "track_group"
        case .garpGroup: "garp_group"
        case .linkbeatInterfaces: "linkbeat_interfaces"
        case .interfaceDelays: "interface_up_down_delays"
        }
    }
}
