/// Which options go with which command.
enum OptionMatrix {
    /// What a command, or a kind of tunnel, has to say about an option.
    enum Verdict {
        case required
        case allowed
        /// Allowed as long as no other exclusive one is there.
        case exclusive
        case refused
    }

    static func verdict(of command: CommandName, on option: OptionName) -> Verdict {
        switch command {
        case .addService, .editService: serviceVerdict(on: option)
        case .deleteService: option == .serviceAddress ? .required : .refused
        case .addServer, .editServer: serverVerdict(on: option)
        case .deleteServer: option == .serviceAddress || option == .realServer ? .required : .refused
        case .list: listVerdict(on: option)
        case .save: option == .numeric ? .allowed : .refused
        case .zero: option == .serviceAddress ? .allowed : .refused
        case .startDaemon: daemonVerdict(on: option)
        case .stopDaemon: option == .syncID ? .allowed : .refused
        case .flush, .set, .restore, .help, .version: .refused
        }
    }

    private static func serviceVerdict(on option: OptionName) -> Verdict {
        switch option {
        case .serviceAddress: .required
        case .scheduler, .persistent, .netmask, .onePacket, .persistenceEngine, .schedulerFlags: .allowed
        default: .refused
        }
    }

    private static func serverVerdict(on option: OptionName) -> Verdict {
        switch option {
        case .serviceAddress, .realServer: .required
        case .forwardingMethod, .weight, .upperThreshold, .lowerThreshold, .tunnelType, .tunnelPort, .tunnelNoChecksum,
            .tunnelChecksum, .tunnelRemoteChecksum:
            .allowed
        default: .refused
        }
    }

    private static func listVerdict(on option: OptionName) -> Verdict {
        switch option {
        case .connection, .serviceAddress, .timeout, .daemon: .exclusive
        case .numeric, .stats, .rate, .thresholds, .persistentConnections, .noSort, .syncID, .exact,
            .tunnelInformation, .json:
            .allowed
        default: .refused
        }
    }

    private static func daemonVerdict(on option: OptionName) -> Verdict {
        switch option {
        case .multicastInterface, .syncID, .multicastGroup, .multicastPort, .multicastTTL, .maximumLength: .allowed
        default: .refused
        }
    }
}
