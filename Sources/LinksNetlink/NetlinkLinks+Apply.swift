import CNetlink
package import Links
import Netlink
import System

// Requests share datagrams. The kernel has executed all of a datagram when it has been sent.

extension NetlinkLinks {
    /// Carries steps out in their order, many requests to a datagram.
    ///
    /// It throws nothing. The report has `LinksError.refused` for a step that the kernel refused; `.unanswered` where the
    /// answer was lost, of what was carried out or refused.
    package func apply(_ steps: [LinkStep]) -> LinkReport {
        var work = Work(steps: steps)
        for (index, step) in steps.enumerated() {
            do throws(LinksError) {
                let request = try LinkRequest(step) { name throws(LinksError) in
                    try interface(named: name, for: &work)
                }
                carryOut(request, at: index, &work)
            } catch {
                if !step.isDone(despite: error) { work.fail(index, error) }
            }
        }
        flush(&work)
        return LinkReport(steps, failures: work.failures.sorted { $0.index < $1.index })
    }

    /// What is under way.
    private struct Work {
        let steps: [LinkStep]
        var batch = RequestBatch()
        /// The numbers of the interfaces that were asked for, until one is made or removed.
        var indices: [String: UInt32] = [:]
        var failures: [LinkReport.Failure] = []

        init(steps: [LinkStep]) {
            self.steps = steps
        }

        mutating func fail(_ index: Int, _ error: LinksError) {
            failures.append(LinkReport.Failure(index: index, error: error))
        }
    }

    private func carryOut(_ request: LinkRequest, at index: Int, _ work: inout Work) {
        switch request {
        case .message(let type, let flags, let body):
            // The places of a batch follow one another.
            if let last = work.batch.indices.last, last + 1 != index { flush(&work) }
            let sequence = conversation.nextSequence()
            work.batch.append(at: index, sequence: sequence) {
                $0.message(type: type, flags: flags, sequence: sequence, body: body)
            }
            let isAboutLinks = type == MessageType.newLink || type == MessageType.deleteLink
            if isAboutLinks || work.batch.isFull || work.batch.indices.count >= requests.answerCapacity {
                flush(&work)
            }
            if isAboutLinks { work.indices = [:] }
        case .file(let file):
            flush(&work)
            do { try file.write() } catch { work.fail(index, .refused(error.number)) }
        }
    }

    private func flush(_ work: inout Work) {
        guard !work.batch.indices.isEmpty else { return }
        defer { work.batch.removeAll() }
        var failures: [(Int, LinksError)] = []
        var answered = Set<Int>()
        do throws(NetlinkError) {
            let isComplete = try conversation.carryOut(&work.batch) {
                failures.append(($0, .refused($1.rawValue)))
                answered.insert($0)
            }
            if !isComplete {
                for index in work.batch.indices where !answered.contains(index) {
                    failures.append((index, .unanswered))
                }
            }
        } catch {
            failures = work.batch.indices.map { ($0, .transport(error.rawValue)) }
        }
        for (index, error) in failures where !work.steps[index].isDone(despite: error) { work.fail(index, error) }
    }

    /// The number of an interface as it is now; its name may have been another's when it was last told of.
    private func interface(named name: String, for work: inout Work) throws(LinksError) -> UInt32 {
        if let index = work.indices[name] { return index }
        guard !name.isEmpty, name.utf8.count < Int(IFNAMSIZ) else { throw .noInterface(name) }
        flush(&work)
        var found: UInt32?
        do throws(LinksError) {
            try ask(MessageType.getLink, flags: .acknowledged) {
                $0.linkHeader()
                $0.attribute(LinkAttribute.name, name)
                $0.attribute(LinkAttribute.filter, LinkAttribute.withoutCounters)
            } read: { contents, bytes throws(DecodingError) in
                found = try LinkDecoder.interface(contents, of: bytes)?.index
            }
        } catch .refused(ENODEV) {
            throw .noInterface(name)
        }
        guard let found else { throw .noInterface(name) }
        work.indices[name] = found
        return found
    }
}

extension LinkStep {
    /// Whether an error only says that there was nothing left to do.
    fileprivate func isDone(despite error: LinksError) -> Bool {
        switch (self, error) {
        case (.addAddress, .refused(EEXIST)), (.returnAddress, .refused(EEXIST)), (.addRoute, .refused(EEXIST)),
            (.addRule, .refused(EEXIST)):
            true
        case (.removeAddress, .refused(EADDRNOTAVAIL)), (.removeAddress, .refused(ENODEV)),
            (.removeAddress, .noInterface), (.removeRoute, .refused(ESRCH)), (.removeRoute, .refused(ENODEV)),
            (.removeRoute, .noInterface), (.removeRule, .refused(ENOENT)), (.removeLink, .refused(ENODEV)):
            true
        default:
            false
        }
    }
}
