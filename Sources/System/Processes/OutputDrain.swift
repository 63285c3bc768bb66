import CLinux
import Glibc

/// The pipes whose program has ended while others still hold them: a program may have left a daemon running, which a
/// pipe that nobody reads would end.
final class OutputDrain {
    /// The most pipes that are kept; one more takes the place of the oldest.
    private static let capacity = Int(CLINUX_PIPES_LEFT)

    private unowned let loop: EventLoop
    private var watches: [Int32: Watch] = [:]
    private var order: [Int32] = []

    init(on loop: EventLoop) {
        self.loop = loop
    }

    /// The pipes that are kept.
    var count: Int { watches.count }

    /// Takes over the reading end of a pipe, which does not block, and closes it when nobody can write into it any more.
    func keep(_ descriptor: Int32) {
        if order.count >= Self.capacity { drop(order[0]) }
        do throws(SystemFailure) {
            watches[descriptor] = try loop.watch(descriptor, for: .readable) { [unowned self] _ in read(descriptor) }
            order.append(descriptor)
        } catch {
            close(descriptor)
        }
    }

    /// Leaves what is kept to a process of its own, for a director that ends; harmless when nothing is kept.
    func leave() {
        let descriptors = order.sorted()
        if !descriptors.isEmpty { clinux_leave_pipes(descriptors, Int32(descriptors.count)) }
        for descriptor in descriptors { drop(descriptor) }
    }

    private func read(_ descriptor: Int32) {
        let isOpen = withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 16) { buffer in
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            return count > 0 || count < 0 && (errno == EAGAIN || errno == EINTR)
        }
        if !isOpen { drop(descriptor) }
    }

    private func drop(_ descriptor: Int32) {
        if let watch = watches.removeValue(forKey: descriptor) { loop.end(watch) }
        order.removeAll { $0 == descriptor }
        close(descriptor)
    }
}
