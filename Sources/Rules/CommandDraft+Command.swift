import Addresses
import IPVS

extension CommandDraft {
    /// The finished command.
    ///
    /// - Throws: `UsageError` when what was said does not go together.
    func command() throws(UsageError) -> Command {
        let flags = try flags()
        try check(OptionName.inOrder, in: "command", named: name.rawValue) { option in
            OptionMatrix.verdict(of: name, on: option)
        }
        switch name {
        case .addService: return .change(.addService(try service(flags)))
        case .editService: return .change(.editService(try service(flags)))
        case .deleteService: return .change(.deleteService(try requiredKey()))
        case .addServer: return .change(.addDestination(try destination(), to: try requiredKey()))
        case .editServer: return .change(.editDestination(try destination(), of: try requiredKey()))
        case .deleteServer: return .change(.deleteDestination(try requiredServer(), of: try requiredKey()))
        case .flush: return .change(.flush)
        case .zero: return .change(.zero(zeroedKey))
        case .set: return .change(.setTimeouts(timeouts))
        case .startDaemon: return .change(.startDaemon(daemon))
        case .stopDaemon: return .change(.stopDaemon(daemon.role))
        case .list: return .list(try listing())
        case .save: return .save(numeric: has(.numeric))
        case .restore: return .restore
        case .help: return .help
        case .version: return .version
        }
    }

    /// Holds the options that were given against a column of a table.
    private func check(
        _ options: some Sequence<OptionName>,
        in kind: String,
        named name: String,
        verdict: (OptionName) -> OptionMatrix.Verdict
    ) throws(UsageError) {
        var earlier: OptionName?
        for option in options {
            let verdict = verdict(option)
            guard has(option) else {
                if verdict == .required { throw missing(option, in: kind, named: name) }
                continue
            }
            if verdict == .refused {
                throw UsageError(
                    "Illegal '\(option.rawValue)' option with the '\(name)' \(kind)",
                    word: word(of: option)
                )
            }
            guard verdict == .exclusive else { continue }
            if let earlier {
                throw UsageError(
                    "The option '\(option.rawValue)' conflicts with the '\(earlier.rawValue)' option "
                        + "in the '\(name)' \(kind)",
                    word: word(of: option)
                )
            }
            earlier = option
        }
    }

    private func missing(_ option: OptionName, in kind: String, named name: String) -> UsageError {
        UsageError("You need to supply the '\(option.rawValue)' option for the '\(name)' \(kind)", word: word)
    }

    private func requiredKey() throws(UsageError) -> ServiceKey {
        guard let key else { throw missing(.serviceAddress, in: "command", named: name.rawValue) }
        return key
    }

    private func requiredServer() throws(UsageError) -> Endpoint {
        guard let server else { throw missing(.realServer, in: "command", named: name.rawValue) }
        return server
    }

    /// What `-Z` zeroes; the unspecified address without a port is everything.
    private var zeroedKey: ServiceKey? {
        if case .endpoint(_, let endpoint) = key, endpoint.address.isAny, endpoint.port == 0 { return nil }
        return key
    }
}

extension CommandDraft {
    private var schedulerOrDefault: String { scheduler.isEmpty ? "wlc" : scheduler }

    private func flags() throws(UsageError) -> SchedulerFlags {
        guard let (text, word) = schedulerFlags else { return [] }
        do {
            return try SchedulerFlagNames.flags(text, scheduler: schedulerOrDefault)
        } catch {
            switch error {
            case .unknown(let flag):
                throw UsageError(
                    "invalid scheduler flag `\(flag)'",
                    word: word,
                    expected: "flag-1, flag-2, flag-3, sh-fallback, sh-port, mh-fallback or mh-port"
                )
            case .incompatible(let flag):
                throw UsageError("incompatible scheduler flag `\(flag)'", word: word)
            }
        }
    }

    private func service(_ flags: SchedulerFlags) throws(UsageError) -> VirtualService {
        let key = try requiredKey()
        if case .endpoint(let transport, let endpoint) = key {
            if endpoint.port == 0, !has(.persistent) {
                throw UsageError(
                    "Zero port specified for non-persistent service",
                    word: word(of: .serviceAddress),
                    expected: "a port, or -p"
                )
            }
            if has(.onePacket), transport != .udp {
                throw UsageError(
                    "One-Packet Scheduling is only for UDP virtual services",
                    word: word(of: .onePacket)
                )
            }
        }
        return VirtualService(
            key: key,
            scheduler: schedulerOrDefault,
            schedulerFlags: flags,
            persistence: persistenceTimeout.map { Persistence(timeout: $0, netmask: netmask ?? .host(key.family)) },
            persistenceEngine: persistenceEngine,
            isOnePacket: has(.onePacket)
        )
    }

    private func destination() throws(UsageError) -> Destination {
        let key = try requiredKey()
        var server = try requiredServer()
        if server.address.family != key.family, forwarding != .tunnel {
            throw UsageError(
                "Different address family is allowed only for tunneling servers",
                word: word(of: .realServer)
            )
        }
        try checkTunnel()
        // Without translation a server sees the client's packets, which go to the service's port.
        if case .endpoint = key, forwarding != .masquerade {
            server = Endpoint(address: server.address, port: key.port)
        }
        return Destination(
            endpoint: server,
            forwarding: forwarding,
            weight: weight,
            upperThreshold: upperThreshold,
            lowerThreshold: lowerThreshold,
            tunnel: tunnel
        )
    }

    private static let tunnelOptions: [OptionName] = [
        .tunnelType, .tunnelPort, .tunnelNoChecksum, .tunnelChecksum, .tunnelRemoteChecksum,
    ]

    private func checkTunnel() throws(UsageError) {
        guard forwarding == .tunnel else {
            guard let option = Self.tunnelOptions.first(where: has) else { return }
            throw UsageError("Tunnel options conflict with forward method", word: word(of: option), expected: "-i")
        }
        let kind = tunnel.kind
        guard let kindName = TunnelNames.name(kind) else { return }
        try check(Self.tunnelOptions, in: "tunnel type", named: kindName) { option in
            switch option {
            case .tunnelType: .allowed
            case .tunnelPort: kind == .gue ? .required : .refused
            case .tunnelRemoteChecksum: kind == .gue ? .exclusive : .refused
            default: kind == .ipip ? .refused : .exclusive
            }
        }
    }

    private func listing() throws(UsageError) -> Listing {
        var listing = Listing()
        listing.columns = columns
        listing.isNumeric = has(.numeric)
        listing.isExact = has(.exact)
        listing.isSorted = !has(.noSort)
        listing.isJSON = has(.json)
        if let key {
            listing.subject = .service(key)
        } else if has(.connection) {
            listing.subject = .connections
        } else if has(.timeout) {
            listing.subject = .timeouts
        } else if has(.daemon) {
            listing.subject = .daemons
        }
        let clashing: [OptionName] =
            switch listing.subject {
            case .table, .service: []
            case .connections: [.stats, .rate, .thresholds]
            case .timeouts, .daemons: [.stats, .rate, .thresholds, .persistentConnections]
            }
        if let option = clashing.first(where: has) {
            throw UsageError("options conflicts in the list command", word: word(of: option))
        }
        return listing
    }

    private var columns: Listing.Columns {
        let choices: [(OptionName, Listing.Columns)] = [
            (.stats, .statistics), (.rate, .rates), (.thresholds, .thresholds),
            (.persistentConnections, .persistentConnections), (.tunnelInformation, .tunnels),
        ]
        return choices.first { has($0.0) }?.1 ?? .standard
    }
}
