import Dialogues
import Glibc
import System
import Time

extension DialogueProbe {
    /// Reads what a channel has, as much at most that others have their turn.
    ///
    /// - Parameter mayHaveEnded: whether there may be an end or an error behind what is there. Without it, less than
    ///   asked for is all.
    func read(_ channel: DialogueChannel, mayHaveEnded: Bool) {
        let generation = self[channel].generation
        let descriptor = self[channel].descriptor
        let isStream = self[channel].transport == .tcp
        let buffer = runner.received
        var moment = runner.clock()
        let end = moment + ReadingPace.slice
        if let session = self[channel].session, self[channel].hasUndecrypted {
            decrypt(session, channel, until: end)
            guard !isOver, self[channel].isOpen(generation), !self[channel].hasUndecrypted else { return }
        }
        while true {
            // A datagram comes whole or not at all.
            let size = isStream ? min(self[channel].pace.piece, buffer.count) : buffer.count
            let count = recv(descriptor, buffer.baseAddress, size, 0)
            let number = errno
            if count > 0 || count == 0 && !isStream {
                take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), on: channel, until: end)
                guard !isOver, self[channel].isOpen(generation), !self[channel].hasUndecrypted else { return }
                if isStream, count < size, !mayHaveEnded { return }
                let now = runner.clock()
                if count == size { self[channel].pace.took(now - moment) }
                moment = now
                if now >= end { return readLater(channel) }
            } else if count == 0 {
                return ended(channel)
            } else if number == EAGAIN {
                return
            } else if number != EINTR {
                let failure = SystemFailure(call: "recv", number: number)
                guard waitsOut(failure, on: channel) else { return fail(failure, on: channel) }
            }
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer, on channel: DialogueChannel, until end: MonotonicTime) {
        noteReceipt()
        guard let session = self[channel].session else {
            return tell { $0.received(bytes.bytes, on: channel) }
        }
        self[channel].volume.received(bytes.count, isEstablished: session.isEstablished)
        session.feed(bytes)
        if !session.isEstablished {
            proceed(channel)
            guard !isOver else { return }
        }
        if session.isEstablished { decrypt(session, channel, until: end) }
        if !isOver, self[channel].session === session, let excess = self[channel].volume.excess {
            finish(.down, .security(.limit), excess)
        }
    }

    /// Hands on what can be decrypted, as much at most as there is time for.
    ///
    /// A record may have 16 KiB, whose every byte may cost as much as a small record.
    private func decrypt(_ session: TLSSession, _ channel: DialogueChannel, until end: MonotonicTime) {
        let generation = self[channel].generation
        let size = min(ReadingPace.decrypted, runner.decrypted.count)
        let buffer = UnsafeMutableRawBufferPointer(rebasing: runner.decrypted[..<size])
        self[channel].hasUndecrypted = false
        do throws(TLSFailure) {
            while !isOver, self[channel].isOpen(generation) {
                switch try session.read(into: buffer) {
                case .bytes(let count):
                    let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                    self[channel].volume.decrypted(count)
                    tell { $0.received(bytes.bytes, on: channel) }
                    guard !isOver, self[channel].isOpen(generation), count == size, runner.clock() >= end else {
                        continue
                    }
                    self[channel].hasUndecrypted = true
                    return readLater(channel)
                case .nothing:
                    // An answer of TLS itself, to an update of keys perhaps.
                    self[channel].drainSession()
                    _ = flush(channel)
                    return
                case .ended:
                    return ended(channel)
                }
            }
        } catch {
            fail(error)
        }
    }

    /// The peer ended its sending.
    private func ended(_ channel: DialogueChannel) {
        guard !self[channel].hasPeerEnded else { return }
        if self[channel].state == .securing {
            return finish(.down, .security(.closed), "the server closed the connection in the TLS handshake")
        }
        self[channel].hasPeerEnded = true
        let generation = self[channel].generation
        tell { $0.ended(channel) }
        guard !isOver, self[channel].generation == generation else { return }
        if channel == .data {
            self[.data].close()
        } else if isIdle {
            // Nothing is left that the machine could wait for.
            finish(.down, .transport(.closed), "the server closed the connection")
        }
    }
}
