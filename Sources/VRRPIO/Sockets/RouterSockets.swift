package import System
import Time
package import VRRP

/// The raw sockets of all virtual routers: they are opened as channels are wanted, shared where that can be, and opened anew when an
/// interface returned or there was no descriptor before.
package final class RouterSockets {
    /// A channel that has no sockets, and why.
    package struct Obstacle: Hashable, Sendable {
        /// The name of the virtual router.
        package var router: String
        /// What failed.
        package var failure: SystemFailure
    }

    private let loop: EventLoop
    private let hear: (ReceivedPacket) -> Void
    private var hearing: [HearingPlace: (socket: HearingSocket, watch: Watch)] = [:]
    private var speaking: [SpeakingSocket.Place: SpeakingSocket] = [:]
    private var channels: [String: RouterChannel] = [:]
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// Makes room for the sockets of no router.
    ///
    /// - Parameter hear: is told each packet that came, in a turn of the loop and before the loop's moments.
    package init(on loop: EventLoop, hear: @escaping (ReceivedPacket) -> Void) {
        self.loop = loop
        self.hear = hear
    }

    /// Has the sockets of these channels and no others; those that are there already stay.
    ///
    /// - Returns: the channels that lack one, in the order of `wanted`; to be tried again later.
    package func open(_ wanted: [RouterChannel]) -> [Obstacle] {
        channels = Dictionary(wanted.map { ($0.router, $0) }) { first, _ in first }
        let heard = Dictionary(grouping: wanted, by: { HearingPlace($0) })
        for place in hearing.keys where heard[place] == nil { close(place) }
        let spoken = Set(wanted.map { SpeakingSocket.Place($0) })
        speaking = speaking.filter { spoken.contains($0.key) }
        return wanted.compactMap { channel in
            do throws(SystemFailure) {
                let place = HearingPlace(channel)
                try openHearing(place, buffer: heard[place]?.compactMap(\.receiveBuffer).max())
                let source = SpeakingSocket.Place(channel)
                if speaking[source] == nil { speaking[source] = try SpeakingSocket(source) }
                return nil
            } catch {
                return Obstacle(router: channel.router, failure: error)
            }
        }
    }

    /// Sends an advertisement by the socket of a virtual router.
    ///
    /// - Throws: `SystemFailure` of the system call; `ENOTCONN` of `send` where the router has no socket.
    package func send(_ advertisement: SentAdvertisement, router: String) throws(SystemFailure) {
        guard let channel = channels[router], let socket = speaking[SpeakingSocket.Place(channel)] else {
            throw SystemFailure(call: "send", number: SystemFailure.notConnected)
        }
        try socket.send(advertisement)
    }

    private func openHearing(_ place: HearingPlace, buffer: Int?) throws(SystemFailure) {
        guard hearing[place] == nil else { return }
        let socket = try HearingSocket(place, buffer: buffer, at: loop.now)
        let watch = try loop.watch(socket.descriptor, for: .readable) { [unowned self] _ in read(place) }
        hearing[place] = (socket, watch)
    }

    private func close(_ place: HearingPlace) {
        guard let (_, watch) = hearing.removeValue(forKey: place) else { return }
        loop.end(watch)
    }

    /// Reads all packets that came before this turn, so that what they say counts before the time that has passed; those that
    /// came since are told in the next turn, or a flood of them would let no time pass.
    private func read(_ place: HearingPlace) {
        while let (socket, _) = hearing[place] {
            let packet: ReceivedPacket?
            do throws(SystemFailure) {
                packet = try socket.next(into: &buffer, at: EventLoop.clock)
            } catch {
                // A socket whose interface went is told so once, and hears again when that is back.
                return
            }
            guard let packet else { return }
            hear(packet)
            if packet.arrival > loop.now { return }
        }
    }
}

extension SystemFailure {
    fileprivate static let notConnected: Int32 = 107
}
