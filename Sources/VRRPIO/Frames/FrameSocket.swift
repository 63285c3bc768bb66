import CLinux
import Glibc
package import System

/// A frame of the link layer that is complete, and the interface that it leaves by.
package struct OutgoingFrame: Hashable, Sendable {
    /// Its bytes from the hardware addresses on.
    package var bytes: [UInt8]
    /// The number of the interface.
    package var interface: UInt32

    /// Makes a frame of its bytes.
    package init(_ bytes: [UInt8], interface: UInt32) {
        self.bytes = bytes
        self.interface = interface
    }
}

/// The socket that announcements leave by: frames of our own making, of which nothing is heard.
package final class FrameSocket {
    private let socket: Descriptor

    /// Opens the socket.
    ///
    /// - Throws: `SystemFailure` of `socket`; `EPERM` without CAP_NET_RAW.
    package init() throws(SystemFailure) {
        socket = try Descriptor(of: "socket", clinux_open_frames())
    }

    /// Sends frames in their order, many in one call; one that cannot be sent keeps none of the others back.
    ///
    /// - Returns: the first failure, with the place of its frame; nil when all are on their way.
    package func send(_ frames: [OutgoingFrame]) -> (place: Int, failure: SystemFailure)? {
        var first: (place: Int, failure: SystemFailure)?
        var place = 0
        while place < frames.count {
            let batch = frames[place...].prefix(Int(CLINUX_FRAMES))
            let bytes = batch.flatMap(\.bytes)
            let lengths = batch.map { UInt32($0.bytes.count) }
            let interfaces = batch.map(\.interface)
            let count = Int(clinux_send_frames(socket.number, bytes, lengths, interfaces, Int32(batch.count)))
            if count >= batch.count {
                place += count
                continue
            }
            if count <= 0 {
                if errno == EINTR { continue }
                if first == nil { first = (place, .last("sendmmsg")) }
            }
            // The call ends with the frame that fails, and tells why when it begins with it.
            place += count > 0 ? count : 1
        }
        return first
    }
}
