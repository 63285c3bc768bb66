import Failover
import Time

/// What peers know a router by that got another number, or speaks in another way, until they have been changed too.
///
/// A master advertises in both forms, and a backup hears both, so that the change of one router after the other moves no address.
struct FormerIdentity: Sendable {
    /// The configuration that was replaced.
    var settings: VirtualRouter
    var writer: AdvertisementWriter
    var receiver: AdvertisementReceiver
    /// When it is no longer known by it.
    var end: MonotonicTime
}

extension RouterMachine {
    /// What it is known by, of today and of before, and what is demanded in each.
    var identities: [(settings: VirtualRouter, receiver: AdvertisementReceiver)] {
        [(settings, receiver)] + (former.map { [($0.settings, $0.receiver)] } ?? [])
    }
}
