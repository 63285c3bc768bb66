package import IPVS
import IPVSNetlink

/// Where a director finds its kernel: a way to open it, as often as it goes away.
package struct KernelSource: Sendable {
    let open: @Sendable () throws(IPVSError) -> any IPVSKernel
    /// Whether it is opened again after the conversation broke.
    let isReopened: Bool

    /// Opens the kernel by that function, on the thread that will use it alone.
    ///
    /// - Parameter isReopened: whether another one is opened when the kernel does not answer or knows nothing of IPVS.
    package init(
        isReopened: Bool = true,
        _ open: @escaping @Sendable () throws(IPVSError) -> any IPVSKernel
    ) {
        self.isReopened = isReopened
        self.open = open
    }

    /// The kernel that options name.
    package init(_ kernel: DaemonOptions.Kernel) {
        switch kernel {
        case .netlink: self.init { () throws(IPVSError) in try NetlinkKernel() }
        case .simulated: self.init(isReopened: false) { SimulatedKernel() }
        }
    }
}
