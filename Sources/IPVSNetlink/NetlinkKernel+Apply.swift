public import IPVS
import Netlink

// Requests share datagrams. When answers are lost, the requests were executed all the same, and the table tells with what
// result.

extension NetlinkKernel {
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
        var batch = RequestBatch()
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
            append(change, at: index, to: &batch)
            if batch.isFull || batch.indices.count >= channel.answerCapacity {
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

    private func append(_ change: Change, at index: Int, to batch: inout RequestBatch) {
        let sequence = conversation.nextSequence()
        batch.append(at: index, sequence: sequence) { writer in
            writer.message(type: channel.family, flags: .none, sequence: sequence) { $0.request(for: change) }
        }
    }

    private func carryOut(_ batch: inout RequestBatch, of changeset: Changeset, progress: inout Progress) {
        guard !batch.indices.isEmpty else { return }
        defer { batch.removeAll() }
        var refused: [Int: IPVSError] = [:]
        let isComplete: Bool
        do throws(NetlinkError) {
            isComplete = try conversation.carryOut(&batch) { refused[$0] = .refused(KernelError($1)) }
        } catch {
            carryOutHalves(batch.indices, of: changeset, after: error, progress: &progress)
            return
        }
        if !isComplete {
            progress.wasVerified = true
            verify(batch.indices, of: changeset, refused: &refused)
        }
        for (index, error) in refused { progress.fail(index, error) }
    }

    /// A datagram for which there was no room is tried again in two halves, until a single request cannot be sent.
    private func carryOutHalves(
        _ indices: Range<Int>,
        of changeset: Changeset,
        after error: NetlinkError,
        progress: inout Progress
    ) {
        guard indices.count > 1, [.outOfMemory, .messageTooLong].contains(error) else {
            for index in indices { progress.fail(index, .transport(KernelError(error))) }
            return
        }
        let middle = indices.lowerBound + indices.count / 2
        for half in [indices.lowerBound..<middle, middle..<indices.upperBound] {
            var batch = RequestBatch()
            for index in half { append(changeset.changes[index], at: index, to: &batch) }
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
        do throws(ConversationError) {
            try conversation.ask(type: channel.family, flags: .acknowledged) {
                $0.request(for: change)
            } read: { _, _ in
            }
        } catch {
            throw IPVSError(error)
        }
    }
}

extension IPVSError {
    /// Whether it says that an answer went astray.
    fileprivate var isLoss: Bool { self == .transport(.noBufferSpace) || self == .transport(.timedOut) }
}
