import System
import Time
import VRRP
import VRRPIO

// What goes over sockets: packets, advertisements, announcements.

extension RunningRouters {
    func take(_ packet: ReceivedPacket) {
        tell { $0.received(packet, at: $1) }
        packetCount &+= 1
        guard packetCount.isMultiple(of: Self.packetsAtOnce) else { return }
        let now = EventLoop.clock
        tell { node, _ in node.advertise(at: now) }
    }

    func send(_ advertisement: SentAdvertisement, by router: String) {
        do throws(SystemFailure) {
            try sockets.send(advertisement, router: router)
        } catch {
            log.write("(\(router)) an advertisement was not sent: \(error)", kind: "\(router) \(error)")
        }
    }

    func announce(_ announcements: inout [Announcement]) {
        guard !announcements.isEmpty else { return }
        defer { announcements = [] }
        var ready: [OutgoingFrame] = []
        for announcement in announcements {
            if let frame = interfaces.frame(of: announcement, at: loop.now) { ready.append(frame) }
        }
        guard let failure = frames.send(ready) else { return }
        log.write("announcements were not sent: \(failure.failure)", kind: "announcements \(failure.failure)")
    }

    func open(_ channels: [RouterChannel]) {
        self.channels = channels
        openAgain()
    }

    /// Opens what lacks a socket: an address of IPv6 may be tentative, descriptors may have run out.
    private func openAgain() {
        let obstacles = sockets.open(channels)
        let found = Dictionary(obstacles.map { ($0.router, $0.failure) }) { first, _ in first }
        for (router, failure) in found where deaf[router] != failure {
            log.write("(\(router)) there is no socket: \(failure)", kind: "\(router) \(failure)")
        }
        let changed = found != deaf
        deaf = found
        if let socketTimer { loop.cancel(socketTimer) }
        socketTimer = nil
        if !found.isEmpty {
            socketTimer = loop.at(loop.now + .milliseconds(200)) { [unowned self] in
                socketTimer = nil
                openAgain()
            }
        }
        guard changed else { return }
        tell { $0.obstructed(found.mapValues(\.number), at: $1) }
    }
}
