import Addresses
import Configuration
import Dialogues
import Glibc
import System

extension DialogueProbe {
    /// Opens a connection in the place of the one that the channel has.
    func open(
        _ channel: DialogueChannel,
        to endpoint: Endpoint,
        over transport: DialogueTransport,
        _ security: TLSSettings?
    ) {
        self[channel].close()
        do throws(SystemFailure) {
            let origin = runner.socketOrigin(origin)
            let (descriptor, isConnected) = try NetworkSocket.connect(
                to: endpoint,
                for: transport.socketKind,
                from: channel == .main ? origin : origin.fromAnyPort
            )
            self[channel].open(descriptor, to: endpoint, over: transport)
            let number: UInt32 = channel == .main ? 0 : 1
            self[channel].generation = try runner.watch(
                descriptor,
                for: [.readable, .writable, .ended, .edges],
                slot: slot,
                channel: number
            )
            if let security {
                guard let session = session(with: security, channel) else { return }
                self[channel].session = session
            }
            if isConnected { connected(channel) }
        } catch {
            fail(error, on: channel)
        }
    }

    /// A session with those settings; nil when the check has failed for want of one.
    private func session(with settings: TLSSettings, _ channel: DialogueChannel) -> TLSSession? {
        do throws(TLSFailure) {
            return try TLSSession(runner.context(for: settings), settings, address: self[channel].peer.address)
        } catch {
            fail(error)
            return nil
        }
    }

    /// Looks whether a connection is open; whether there may be something to read.
    func hasConnected(_ channel: DialogueChannel, _ readiness: Readiness) -> Bool {
        if !readiness.isDisjoint(with: [.failed, .hungUp]) {
            let number = NetworkSocket.error(of: self[channel].descriptor)
            if number != 0 {
                fail(SystemFailure(call: "connect", number: number), on: channel)
                return false
            }
        }
        guard readiness.contains(.writable) else { return false }
        connected(channel)
        return !isOver
    }

    private func connected(_ channel: DialogueChannel) {
        if self[channel].transport == .tcp, NetworkSocket.isItsOwnPeer(self[channel].descriptor, self[channel].peer) {
            return fail(SystemFailure(call: "connect", number: ECONNREFUSED), on: channel)
        }
        if self[channel].session != nil {
            self[channel].state = .securing
            proceed(channel)
        } else {
            self[channel].state = .open
            tellConnected(channel)
        }
    }

    private func tellConnected(_ channel: DialogueChannel) {
        var local = Endpoint(address: .any(self[channel].peer.address.family), port: 0)
        if asksForLocalEndpoint, let found = NetworkSocket.localEndpoint(of: self[channel].descriptor) { local = found }
        tell { $0.connected(channel, local: local) }
        if !isOver, self[channel].state == .open { _ = flush(channel) }
    }

    /// Begins TLS on the main channel.
    func startTLS(_ settings: TLSSettings) {
        guard let session = session(with: settings, .main) else { return }
        self[.main].session = session
        self[.main].state = .securing
        proceed(.main)
    }

    /// Sends bytes, or a datagram, on the main channel.
    func send(_ bytes: [UInt8]) {
        guard self[.main].pendingCount + bytes.count <= ProbeRunner.sendLimit else {
            return refuseToWait()
        }
        if self[.main].transport == .udp {
            do throws(SystemFailure) {
                do throws(SystemFailure) {
                    try self[.main].sendDatagram(bytes)
                } catch {
                    // The error may be that of an earlier datagram, which the kernel reports with the next call.
                    guard waitsOut(error, on: .main) else { throw error }
                    try self[.main].sendDatagram(bytes)
                }
                noteDatagram()
            } catch {
                fail(error, on: .main)
            }
            return
        }
        do throws(TLSFailure) {
            try self[.main].queue(bytes)
        } catch {
            fail(error)
        }
    }

    /// Ends the check of a server that makes more to be sent than it takes, by its questions or in TLS.
    ///
    /// That is the server's doing: told as the director's own trouble, it would keep the server in service.
    private func refuseToWait() {
        finish(.down, .dialogue(.limit), "more than \(ProbeRunner.sendLimit) bytes wait to be sent")
    }

    /// Sends what waits; whether that did not fail.
    func flush(_ channel: DialogueChannel) -> Bool {
        do throws(SystemFailure) {
            try self[channel].flush()
            guard self[channel].pendingCount <= ProbeRunner.sendLimit else {
                refuseToWait()
                return false
            }
            return true
        } catch {
            // Data that the server sent before it stopped listening decides, and has yet to be read.
            if error.number == EPIPE || error.number == ECONNRESET { return true }
            fail(error, on: channel)
            return false
        }
    }

    /// Goes on with the handshake of TLS.
    func proceed(_ channel: DialogueChannel) {
        guard let session = self[channel].session else { return }
        do throws(TLSFailure) {
            try session.proceed()
        } catch {
            self[channel].drainSession()
            _ = flush(channel)
            return fail(error)
        }
        self[channel].drainSession()
        guard flush(channel), session.isEstablished else { return }
        do throws(TLSFailure) {
            try self[channel].secured()
        } catch {
            return fail(error)
        }
        tellConnected(channel)
    }
}

extension DialogueTransport {
    /// The kind of socket that carries it.
    fileprivate var socketKind: NetworkSocket.Kind {
        switch self {
        case .tcp: .stream
        case .udp: .datagrams
        }
    }
}
