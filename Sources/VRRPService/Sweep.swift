import Failover
import Links
import LinksNetlink
import System
import Time

/// What is left behind by a process that is gone for good is removed: the addresses that it noted or was configured with, the routes and
/// rules of its number, the interfaces that it made.
enum Sweep {
    /// What comes back again and again is somebody else's doing.
    private static let mostTurns = 10

    /// Removes it.
    ///
    /// - Returns: what could not be removed, in words.
    /// - Throws: `LinksError` when the kernel cannot be read.
    static func run(_ folder: RuntimeFolder) throws(LinksError) -> [String] {
        let settings = folder.configuration?.settings
        let kernel = try NetlinkLinks()
        var mirror = LinksMirror(maker: settings?.routeMaker ?? 18, linkPrefix: settings?.linkPrefix ?? "vrrp")
        mirror.claim(folder.belongings)
        let keeper = LinksKeeper(kernel, mirror) { EventLoop.clock }
        var failures: [String] = []
        for _ in 0..<mostTurns {
            for case .failed(let entry, _, let error) in try keeper.turn().events {
                failures.append("\(entry): \(error)")
            }
            guard keeper.nextMoment.map({ $0 <= EventLoop.clock }) == true else { break }
        }
        if failures.isEmpty { folder.forget() }
        return failures
    }
}
