import Addresses
import CLinux
import Dialogues
import Glibc
import System

/// One connection of a dialogue, and what waits to be sent on it.
final class Channel {
    enum State {
        case closed
        case connecting
        /// Connected, and in the handshake of TLS.
        case securing
        case open
    }

    var state = State.closed
    /// -1 while closed.
    private(set) var descriptor: Int32 = -1
    /// What events of this connection are told with.
    var generation: UInt32 = 0
    var transport = DialogueTransport.tcp
    var peer = Endpoint(address: .v4(.any), port: 0)
    var session: TLSSession? {
        didSet {
            pace = ReadingPace(inTLS: session != nil)
            volume = TLSVolume()
            hasUndecrypted = false
        }
    }
    /// Whether the session may have more than has been taken out of it, for which nothing need come.
    var hasUndecrypted = false
    var pace = ReadingPace(inTLS: false)
    var volume = TLSVolume()
    /// Whether the peer has ended its sending.
    var hasPeerEnded = false

    /// What is to be sent once TLS is there.
    private var held: [UInt8] = []
    private var pending: [UInt8] = []
    private var sent = 0
    private var endsSending = false

    /// Takes over a descriptor.
    func open(_ descriptor: Int32, to peer: Endpoint, over transport: DialogueTransport) {
        close()
        self.descriptor = descriptor
        self.peer = peer
        self.transport = transport
        state = .connecting
    }

    /// Closes the descriptor; what was not sent is lost.
    func close() {
        guard descriptor >= 0 else { return }
        Glibc.close(descriptor)
        descriptor = -1
        state = .closed
        session = nil
        hasPeerEnded = false
        held = []
        pending = []
        sent = 0
        endsSending = false
    }

    /// Whether this is still the connection of that generation.
    func isOpen(_ generation: UInt32) -> Bool { state != .closed && self.generation == generation }

    /// The bytes that wait to be sent.
    var pendingCount: Int { pending.count - sent + held.count }

    /// Puts bytes behind those that wait.
    ///
    /// - Throws: `TLSFailure` where they cannot be encrypted.
    func queue(_ bytes: [UInt8]) throws(TLSFailure) {
        if let session {
            guard state == .open else {
                held += bytes
                return
            }
            try session.write(bytes)
            session.drain(into: &pending)
        } else if pending.isEmpty {
            pending = bytes
        } else {
            pending += bytes
        }
    }

    /// Ends sending after what waits.
    func endSending() {
        if let session, session.isEstablished {
            session.endSending()
            session.drain(into: &pending)
        }
        endsSending = true
    }

    /// Takes note that TLS is there, and goes on with what waited for it.
    ///
    /// - Throws: `TLSFailure` where that cannot be encrypted.
    func secured() throws(TLSFailure) {
        state = .open
        let bytes = held
        held = []
        try queue(bytes)
        if endsSending { endSending() }
    }

    /// Moves what TLS wants to send to what waits.
    func drainSession() {
        session?.drain(into: &pending)
    }

    /// Sends as much as the socket takes.
    ///
    /// - Throws: `SystemFailure` of `send`.
    func flush() throws(SystemFailure) {
        while sent < pending.count {
            let count = pending.withUnsafeBytes { bytes in
                send(descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                sent += count
                continue
            }
            let number = errno
            if number == EINTR { continue }
            if number == EAGAIN, transport == .tcp { return }
            throw SystemFailure(call: "send", number: number)
        }
        if sent > 0 {
            pending = []
            sent = 0
        }
        if endsSending, state == .open {
            endsSending = false
            shutdown(descriptor, Int32(SHUT_WR))
        }
    }

    /// Sends a datagram.
    ///
    /// - Throws: `SystemFailure` of `send`.
    func sendDatagram(_ bytes: [UInt8]) throws(SystemFailure) {
        guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) >= 0 else {
            throw SystemFailure(call: "send", number: errno)
        }
    }
}
