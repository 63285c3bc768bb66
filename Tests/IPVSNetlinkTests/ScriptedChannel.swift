import IPVS
import Netlink

@testable import IPVSNetlink

/// A channel to a simulated kernel that loses the answers to chosen datagrams, and lets others act before chosen ones.
final class ScriptedChannel: IPVSChannel {
    let inner = FakeKernelChannel()
    var family: UInt16 { inner.family }
    var answerCapacity: Int { inner.answerCapacity }
    /// The numbers of the datagrams whose answers are lost, the first being 0.
    var lost: Set<Int> = []
    /// What other programs do before a datagram is sent.
    var interference: [Int: Changeset] = [:]
    private var count = 0

    func send(_ bytes: [UInt8]) throws(NetlinkError) {
        if let changes = interference[count] { _ = inner.simulated.apply(changes) }
        try inner.send(bytes)
        if lost.contains(count) {
            var buffer = [UInt8].datagramBuffer()
            while (try? inner.receive(into: &buffer)) != nil {}
        }
        count += 1
    }

    func rewoundConnectionTable() throws(IPVSError) -> Int32 { throw .transport(.noSuchEntry) }

    func provide(_ module: KernelModule) { inner.provide(module) }

    func receive(into buffer: inout [UInt8]) throws(NetlinkError) -> Int {
        try inner.receive(into: &buffer)
    }
}
