package import Links
package import Time

/// A machine with two interfaces, `eth0` and `eth1`, which are up and have no addresses; and two programs on it.
package protocol LinkStage: AnyObject {
    /// The kernel as we have it.
    var kernel: any LinksKernel { get }
    /// The kernel as another program has it.
    var others: any LinksKernel { get }
    /// The time.
    var now: MonotonicTime { get }

    /// Makes an interface that is up and has a carrier.
    func makeInterface(_ name: String) throws
    /// Removes an interface.
    func removeInterface(_ name: String) throws
    /// Gives an interface another name.
    func rename(_ name: String, to other: String) throws
    /// Lets time pass, in which a real kernel goes on with what it has begun.
    func wait()
}

/// The simulated machine.
package final class SimulatedStage: LinkStage {
    package let links = SimulatedLinks()
    package let simulated: SimulatedLinksKernel
    package let others: any LinksKernel
    package var kernel: any LinksKernel { simulated }
    package private(set) var now = MonotonicTime(nanoseconds: 1_000_000_000)

    package init() {
        simulated = links.kernel()
        others = links.kernel()
        links.makeInterface("eth0")
        links.makeInterface("eth1")
    }

    package func makeInterface(_ name: String) { links.makeInterface(name) }
    package func removeInterface(_ name: String) { links.removeInterface(name) }
    package func rename(_ name: String, to other: String) { links.rename(name, to: other) }
    package func wait() { wait(.milliseconds(10)) }

    /// Lets that time pass.
    package func wait(_ time: Duration) { now = now + time }
}
