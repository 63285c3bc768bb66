import Addresses
import Configuration
import IPVS

/// The directives that can stand both for the whole file and in a virtual server.
struct SharedDirectives: Sendable {
    var checkTimeout: Duration?
    var negotiateTimeout: Duration?
    var checkInterval: Duration?
    var checkCount: Int?
    var failureCount: Int?
    var riseCount: Int?
    var fallbackCommand: String?
    /// Where this section names it.
    var fallbackCommandPlace: Place?
    var isQuiescent: Bool?
    var isRemovedAtStop: Bool?
    var recipients: [String]?
    var mailRepetition: Duration?
    var mailPhases: MailAlert.Phases?
    var mailServer: String?
    var redirects: HTTPRequest.RedirectPolicy?
    var verifiesCertificate: Bool?
    var trustedCertificates: String?
    var bodyLimit: Int?
    var reconciliation: Reconciliation?
    /// Whether the schedulers with slots pass over servers of weight 0: `schedfallback`.
    var passesOverServers: Bool?

    /// The values that hold for a virtual server: its own, or else those of the whole file.
    func inheriting(_ file: SharedDirectives) -> SharedDirectives {
        var all = self
        // Of the timeouts each stands in for the other, at the level of the virtual server first.
        all.checkTimeout = checkTimeout ?? negotiateTimeout ?? file.checkTimeout ?? file.negotiateTimeout
        all.negotiateTimeout = negotiateTimeout ?? checkTimeout ?? file.negotiateTimeout ?? file.checkTimeout
        all.checkInterval = checkInterval ?? file.checkInterval
        all.checkCount = checkCount ?? file.checkCount
        all.failureCount = failureCount ?? file.failureCount
        all.riseCount = riseCount ?? file.riseCount
        all.fallbackCommand = fallbackCommand ?? file.fallbackCommand
        all.isQuiescent = isQuiescent ?? file.isQuiescent
        all.isRemovedAtStop = isRemovedAtStop ?? file.isRemovedAtStop
        all.recipients = recipients ?? file.recipients
        all.mailRepetition = mailRepetition ?? file.mailRepetition
        all.mailPhases = mailPhases ?? file.mailPhases
        all.mailServer = mailServer ?? file.mailServer
        all.redirects = redirects ?? file.redirects
        all.verifiesCertificate = verifiesCertificate ?? file.verifiesCertificate
        all.trustedCertificates = trustedCertificates ?? file.trustedCertificates
        all.bodyLimit = bodyLimit ?? file.bodyLimit
        all.reconciliation = reconciliation ?? file.reconciliation
        all.passesOverServers = passesOverServers ?? file.passesOverServers
        return all
    }
}

extension SharedDirectives {
    // Values with their defaults, for where neither the file nor the virtual server gives one.

    var checkTimeoutInEffect: Duration { checkTimeout ?? .seconds(5) }
    var negotiateTimeoutInEffect: Duration { negotiateTimeout ?? .seconds(30) }
    var checkIntervalInEffect: Duration { checkInterval ?? .seconds(10) }

    /// Whom to tell by mail, if anybody.
    var mail: MailAlert? {
        guard let recipients, !recipients.isEmpty else { return nil }
        return MailAlert(
            recipients: recipients,
            repetition: mailRepetition.flatMap { $0 == .zero ? nil : $0 },
            phases: mailPhases ?? .all,
            mailServer: mailServer
        )
    }
}
