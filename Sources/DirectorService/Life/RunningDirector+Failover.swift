import Addresses
import Configuration
import Director
import Failover
import IPVS
import Keepalived
import System
import Time

// What the director does for virtual routers.

extension RunningDirector {
    /// The time that virtual routers and what tells of them have at the stop.
    private static var failoverPatience: Duration { .seconds(5) }

    /// Takes what a configuration wants for virtual routers; it is done once `beginFailover` says so.
    func takeFailover(_ configuration: FailoverConfiguration?) {
        wantedFailover = configuration
        guard failover != nil || configuration != nil, let places = options.routers else { return }
        if failover == nil {
            failover = RunningFailover(
                on: loop,
                places,
                log: log,
                RunningFailover.Ways { [unowned self] line in
                    pipes.write(ofRouters: line)
                } send: { [unowned self] mail in
                    mails.send(mail, from: director?.configuration.process.mailSender)
                } want: { [unowned self] daemons in
                    perform(director?.want(daemons, at: loop.now) ?? [])
                }
            )
        }
    }

    /// Does what a configuration wants for virtual routers that was taken.
    func beginFailover() {
        guard let failover, let director else { return }
        let configuration = director.configuration
        failover.change(
            to: wantedFailover ?? FailoverConfiguration(),
            services: Set(
                configuration.virtualServers.flatMap { $0.services.compactMap(\.key.address) }
            ),
            isGuarded: configuration.process.refusesUnsafePrograms
        )
        mayServersHaveTurned = true
        if let daemons = failover.daemons { perform(self.director?.want(daemons, at: loop.now) ?? []) }
    }

    /// A configuration with the sync daemons that follow a virtual router, as they are to run now.
    func withDaemons(_ configuration: DirectorConfiguration) -> DirectorConfiguration {
        guard let daemons = failover?.daemons(of: wantedFailover) else { return configuration }
        var configuration = configuration
        configuration.settings.syncDaemons = daemons
        return configuration
    }

    /// Whether there is something to do in the kernel's table: a file that only shares addresses needs none.
    var needsKernel: Bool {
        guard failover != nil, let configuration = director?.configuration else { return true }
        let settings = configuration.settings
        return !configuration.virtualServers.isEmpty || !settings.syncDaemons.isEmpty || settings.timeouts != nil
            || settings.emptiesTableAtStart || settings.emptiesTableAtStop || wantedFailover?.synchronisation != nil
    }

    /// The time that is left at the stop for what goes on beside the kernel; nil for the built-in one.
    var stopPatience: Duration? {
        let own = director?.configuration.process.stopPatience
        guard let failover, !failover.isOver else { return own }
        return max(own ?? .zero, Self.failoverPatience)
    }

    /// Tells virtual routers which virtual servers are up, where one of them tracks that.
    func tellServers() {
        mayServersHaveTurned = false
        guard life.isReady, let failover, failover.tracksServers, let director else { return }
        var isUp: [String: Bool] = [:]
        for (server, state) in zip(director.configuration.virtualServers, director.states) {
            // Several of one name, as for several protocols, are up when all of them are.
            let name = server.voiceName
            isUp[name] = state.hasQuorum && isUp[name] ?? true
        }
        failover.tell(servers: isUp)
    }
}

extension ServiceKey {
    /// The address of the service; nil for a firewall mark.
    fileprivate var address: IPAddress? {
        switch self {
        case .endpoint(_, let endpoint): endpoint.address
        case .mark: nil
        }
    }
}
