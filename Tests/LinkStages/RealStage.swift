package import Links
package import LinksNetlink
import System
import TestKit
package import Time

/// The kernel of this machine, in a namespace of its own: the two interfaces are ends of cables of which nobody uses the others.
package final class RealStage: LinkStage {
    package let netlink: NetlinkLinks
    package let others: any LinksKernel
    private let shell: Shell
    package var kernel: any LinksKernel { netlink }
    package var now: MonotonicTime { EventLoop.clock }

    /// Runs `body` on a stage.
    package static func play(_ body: @escaping (RealStage) throws -> Void) throws {
        try Namespace.fresh { try body(RealStage()) }
    }

    private init() throws {
        shell = try Shell()
        netlink = try NetlinkLinks()
        others = try NetlinkLinks()
        try makeInterface("eth0")
        try makeInterface("eth1")
        _ = try netlink.takeChanges()
        _ = try others.takeChanges()
    }

    /// Runs a script that must succeed.
    @discardableResult
    package func run(_ script: String) throws -> String {
        let result = try shell.run("set -e; \(script)")
        guard result.status == 0 else { throw BrokenLinkPromise(description: "\(script): \(result.errors)") }
        return result.output
    }

    package func makeInterface(_ name: String) throws {
        try run(
            """
            ip link add \(name) type veth peer name \(name)far
            ip link set \(name) addrgenmode none
            ip link set \(name)far addrgenmode none
            ip link set \(name)far up
            ip link set \(name) up
            """
        )
    }

    package func removeInterface(_ name: String) throws { try run("ip link del \(name)") }
    package func rename(_ name: String, to other: String) throws {
        // A kernel before 6.2 renames nothing that is up.
        try run("ip link set \(name) down; ip link set \(name) name \(other); ip link set \(other) up")
    }
    package func wait() { _ = Deadline.wait(seconds: 0, pause: 10_000) { false } }
}

extension RealStage {
    /// Whether this kernel gives a namespace with interfaces in it.
    package static let isAvailable: Bool = (try? play { _ in }) != nil
}
