import CNetlink
public import IPVS

// Requests share datagrams. The kernel executes all of them before `send` returns and answers each error by itself, so
// only the last request of a datagram asks for an acknowledgement. When answers are lost, the requests were executed all
// the same, and the table tells with what result.

extension NetlinkKernel {
    /// How many bytes of requests go into one datagram.
    ///
    /// It is below the 64 KiB that the socket's send buffer holds.
    private static let batchLength = 60_000

    /// Carries the changes out in their order, many requests to a datagram.
    ///
    /// Before a service gets the scheduler lblc or lblcr, its module is loaded by `modprobe` unless the kernel has it, for
    /// the kernel could come to wait for itself over that.
    ///
    /// It throws nothing. The report has `IPVSError.refused` for a change that the kernel refused, and another case
    /// for one that could not be sent or whose answer did not come and could not be made up for.
    public func apply(_ changeset: Changeset) -> ApplyReport {
        for module in Set(changeset.changes.compactMap(\.moduleNeededBeforehand)) { channel.provide(module) }
        var progress = Progress()
        var batch = Batch()
        for (index, change) in changeset.changes.enumerated() {
            guard change.isExpressible else {
                carryOut(&batch, of: changeset, progress: &progress)
                progress.fail(index, .refused(.invalid))
                continue
            }
            guard change.isAboutTable else {
                carryOut(&batch, of: changeset, progress: &progress)
                carryOutAlone(change, at: index, progress: &progress)
                continue
            }
            batch.append(change, at: index, family: channel.family, sequence: nextSequence())
            if batch.writer.count >= Self.batchLength || batch.indices.count >= channel.answerCapacity {
                carryOut(&batch, of: changeset, progress: &progress)
            }
        }
        carryOut(&batch, of: changeset, progress: &progress)
        return ApplyReport(
            count: changeset.changes.count,
            failures: progress.failures.sorted { $0.index < $1.index },
            wasVerified: progress.wasVerified
        )
    }

    /// What is known so far.
    private struct Progress {
        var failures: [ApplyReport.Failure] = []
        var wasVerified = false

        mutating func fail(_ index: Int, _ error: IPVSError) {
            failures.append(ApplyReport.Failure(index: index, error: error))
        }
    }

    /// Requests of one datagram, with consecutive sequence numbers and places in the changeset.
    private struct Batch {
        var writer = MessageWriter()
        private(set) var indices = 0..<0
        private(set) var firstSequence: UInt32 = 0
        /// Where the last request begins.
        private var lastStart = 0

        mutating func append(_ change: Change, at index: Int, family: UInt16, sequence: UInt32) {
            if indices.isEmpty {
                indices = index..<index
                firstSequence = sequence
            }
            lastStart = writer.count
            writer.request(for: change, family: family, flags: 0, sequence: sequence)
            indices = indices.lowerBound..<index + 1
        }

        /// Asks for an acknowledgement of the last request.
        mutating func seal() {
            writer.addFlags(UInt16(NLM_F_ACK), toMessageAt: lastStart)
        }

        /// The place in the changeset of the request with that number, if it is one of these.
        func index(ofSequence sequence: UInt32) -> Int? {
            let offset = Int(sequence &- firstSequence)
            return offset < indices.count ? indices.lowerBound + offset : nil
        }

        mutating func removeAll() {
            writer.removeAll()
            indices = 0..<0
        }
    }

    private func carryOut(_ batch: inout Batch, of changeset: Changeset, progress: inout Progress) {
        guard !batch.indices.isEmpty else { return }
        defer { batch.removeAll() }
        batch.seal()
        do {
            try channel.send(batch.writer.bytes)
        } catch {
            carryOutHalves(batch.indices, of: changeset, after: error, progress: &progress)
            return
        }
        var refused: [Int: IPVSError] = [:]
        let isComplete = collectAnswers(to: batch, into: &refused)
        if !isComplete {
            progress.wasVerified = true
            verify(batch.indices, of: changeset, refused: &refused)
        }
        for (index, error) in refused { progress.fail(index, error) }
    }

    /// Reads answers until the one to the last request; false when it, and perhaps others, were lost.
    private func collectAnswers(to batch: Batch, into refused: inout [Int: IPVSError]) -> Bool {
        var isAnswered = false
        var hasLost = false
        while !isAnswered {
            do {
                try receive { message, _ in
                    guard case .result(let number) = message.kind, let index = batch.index(ofSequence: message.sequence)
                    else { return }
                    if number != 0 { refused[index] = .refused(KernelError(rawValue: number)) }
                    if index == batch.indices.upperBound - 1 { isAnswered = true }
                }
            } catch .transport(.noBufferSpace) {
                hasLost = true
            } catch {
                return false
            }
        }
        return !hasLost
    }

    /// A datagram for which there was no room is tried again in two halves, until a single request cannot be sent.
    private func carryOutHalves(
        _ indices: Range<Int>,
        of changeset: Changeset,
        after error: IPVSError,
        progress: inout Progress
    ) {
        guard indices.count > 1, [.transport(.outOfMemory), .transport(.messageTooLong)].contains(error) else {
            for index in indices { progress.fail(index, error) }
            return
        }
        let middle = indices.lowerBound + indices.count / 2
        for half in [indices.lowerBound..<middle, middle..<indices.upperBound] {
            var batch = Batch()
            for index in half {
                batch.append(changeset.changes[index], at: index, family: channel.family, sequence: nextSequence())
            }
            carryOut(&batch, of: changeset, progress: &progress)
        }
    }

    /// Finds out from the table which of these changes took effect, as far as it tells.
    ///
    /// All of them were executed. One that the table does not show was refused, and asking again tells why; but what a
    /// later change of the same service could have undone, or would be overtaken by, must not be asked again.
    private func verify(_ indices: Range<Int>, of changeset: Changeset, refused: inout [Int: IPVSError]) {
        guard let table = try? table() else {
            for index in indices where refused[index] == nil { refused[index] = .unanswered }
            return
        }
        var laterSubjects = Set<Change.Subject>()
        var isOvertaken = Set<Int>()
        for index in indices.reversed() {
            guard let subject = changeset.changes[index].subject else { continue }
            if laterSubjects.contains(subject) || laterSubjects.contains(.service(subject.service)) {
                isOvertaken.insert(index)
            }
            laterSubjects.insert(subject)
        }
        for index in indices where refused[index] == nil {
            let change = changeset.changes[index]
            guard !isOvertaken.contains(index) else {
                refused[index] = .unanswered
                continue
            }
            guard !table.shows(change) else { continue }
            do {
                try exchange(change)
            } catch .refused(.exists) {
                // It is there, if not to the letter: the kernel keeps some values in its own way.
            } catch .transport {
                refused[index] = .unanswered
            } catch {
                refused[index] = error
            }
        }
    }

    /// Carries out a change that is not about services and servers: each of them may be repeated when its answer is lost.
    private func carryOutAlone(_ change: Change, at index: Int, progress: inout Progress) {
        var isRepeated = false
        do throws(IPVSError) {
            do throws(IPVSError) {
                try exchange(change)
            } catch {
                guard error.isLoss else { throw error }
                isRepeated = true
                try exchange(change)
            }
        } catch {
            if !(isRepeated && isDone(change, despite: error)) {
                progress.fail(index, error.isLoss ? .unanswered : error)
            }
        }
        if isRepeated { progress.wasVerified = true }
    }

    /// Whether the answer to a repeated request only says that its first sending did the work.
    private func isDone(_ change: Change, despite error: IPVSError) -> Bool {
        switch (change, error) {
        case (.startDaemon(let daemon), .refused(.exists)):
            (try? daemons())?.contains { $0.satisfies(daemon) } ?? false
        case (.stopDaemon, .refused(.noSuchService)):
            true
        default:
            false
        }
    }

    /// Sends one request by itself and waits for its acknowledgement.
    private func exchange(_ change: Change) throws(IPVSError) {
        var writer = MessageWriter()
        let sequence = nextSequence()
        writer.request(for: change, family: channel.family, flags: UInt16(NLM_F_ACK), sequence: sequence)
        try channel.send(writer.bytes)
        var answer: Int32?
        while answer == nil {
            try receive { message, _ in
                if case .result(let number) = message.kind, message.sequence == sequence { answer = number }
            }
        }
        if let answer, answer != 0 { throw .refused(KernelError(rawValue: answer)) }
    }
}

extension IPVSError {
    /// Whether it says that an answer went astray.
    fileprivate var isLoss: Bool { self == .transport(.noBufferSpace) || self == .transport(.timedOut) }
}
