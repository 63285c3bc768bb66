import Addresses
import IPVS
import TestKit
import Testing

@testable import IPVSNetlink

/// What is said and done when the answers to just one datagram are lost.
struct LostAnswerTests {
    private let channel = ScriptedChannel()
    private let service = VirtualService(key: Example.web)
    private var simulated: SimulatedKernel { channel.inner.simulated }

    private func failures(losing lost: Set<Int>, _ changes: Change...) -> [ApplyReport.Failure] {
        channel.lost = lost
        return NetlinkKernel(channel: channel).apply(Changeset(changes)).failures
    }

    @Test func nothingThatWasDeletedComesBack() throws {
        let found = failures(
            losing: [0],
            .addService(service),
            .addDestination(Example.server(1), to: Example.web),
            .deleteService(Example.web),
            .addService(service)
        )
        #expect(found.map(\.index) == [0, 1, 2])
        #expect(found.allSatisfy { $0.error == .unanswered })
        #expect(try simulated.service(Example.web).destinations.isEmpty)
    }

    @Test func noChangeOvertakesALaterOne() throws {
        let found = failures(losing: [0], .addDestination(Example.server(1), to: Example.web), .addService(service))
        #expect(found == [ApplyReport.Failure(index: 0, error: .unanswered)])
        #expect(try simulated.service(Example.web).destinations.isEmpty)
    }

    @Test func aRefusalIsFoundOutByAskingAgain() {
        let unknown = VirtualService(key: Example.web, scheduler: "nonesuch")
        let found = failures(losing: [0], .addService(unknown), .addDestination(Example.server(1), to: Example.web))
        #expect(found.map(\.error) == [.refused(.noSuchEntry), .refused(.noSuchService)])
    }

    @Test func whatTheKernelKeepsInItsOwnWayIsNoFailure() {
        let persistence = Persistence(timeout: 99_999_999, netmask: .host(.ipv4))
        #expect(failures(losing: [0], .addService(VirtualService(key: Example.web, persistence: persistence))).isEmpty)
    }

    @Test func aDaemonWhoseLengthIsClampedHasStarted() {
        let daemon = SyncDaemon(role: .backup, interface: "lo", maximumLength: 100)
        #expect(failures(losing: [0], .startDaemon(daemon)).isEmpty)
    }

    @Test func whatCannotBeToldIsSaidToBeSo() {
        #expect(failures(losing: [0, 1], .flush) == [ApplyReport.Failure(index: 0, error: .unanswered)])
    }

    @Test func aTableThatIsEmptiedAndRefilledMeanwhileIsReadAgain() throws {
        let refill: Changeset = [.addService(service), .addDestination(Example.server(1), to: Example.web)]
        _ = simulated.apply(refill)
        // Datagram 0 asks for the services, 1 for the servers, 2 for the services again.
        channel.interference = [1: [.flush], 2: refill]
        #expect(try NetlinkKernel(channel: channel).snapshot().services.first?.destinations.count == 1)
    }

    @Test func whatNoRequestCanSayIsInvalid() {
        let mark = VirtualService(key: .mark(0, .ipv4))
        let mask = Persistence(timeout: 1, netmask: .ipv6(prefixLength: 64))
        let found = failures(
            losing: [],
            .addService(mark),
            .addService(service),
            .addService(VirtualService(key: Example.names, persistence: mask))
        )
        #expect(found.map(\.index) == [0, 2])
        #expect(found.allSatisfy { $0.error == .refused(.invalid) })
    }
}
