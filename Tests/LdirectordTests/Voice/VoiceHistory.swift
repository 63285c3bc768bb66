import Configuration
import Dialogues
import Director
import DirectorBench
import IPVS
import TestKit

/// A history of a director in which it has everything to say, and says it in each of its phases.
struct VoiceHistory {
    /// The transcript: a heading for each thing that happens, and below it what is said and done because of it.
    private(set) var text = ""
    private var bench: DirectorBench

    /// The transcript of all of it.
    static func told() -> String {
        var shops = VoiceHistory([VoiceShop.web, VoiceShop.names, VoiceShop.web6, VoiceShop.mark, VoiceShop.mark6])
        shops.starts()
        shops.fails()
        shops.maintains()
        shops.isChangedByOthers()
        shops.reloads()
        shops.stops()
        var troubled = VoiceHistory([VoiceShop.web])
        troubled.isRefused()
        var recorded = VoiceHistory([VoiceShop.recorded])
        recorded.records()
        return shops.text + troubled.text + recorded.text
    }

    private init(_ virtuals: [VirtualServer]) {
        bench = DirectorBench(virtuals) { $0.addsQuiescent = true }
    }

    private mutating func tell(_ title: String, _ actions: [DirectorAction]) {
        text += "# \(title)\n"
        for action in actions {
            for line in VoiceTranscript.lines(of: action) { text += "\(line)\n" }
        }
    }

    private mutating func check(
        _ virtual: VirtualServer,
        _ index: Int,
        _ verdict: CheckResult.Verdict,
        _ layer: CheckLayer,
        _ words: String = ""
    ) {
        let real = virtual.realServers[index]
        let result = CheckResult(verdict, layer, text: words)
        tell(
            "server \(index) of \(virtual.name ?? virtual.service.scheduler) is \(verdict)",
            bench.check(real, result, of: virtual, after: .seconds(1))
        )
    }

    private mutating func isUp(_ virtual: VirtualServer, _ index: Int) {
        check(virtual, index, .up, .dialogue(.passed), "200 OK")
    }

    private mutating func isDown(_ virtual: VirtualServer, _ index: Int) {
        check(virtual, index, .down, .transport(.refused))
    }

    private mutating func pass(_ duration: Duration) {
        tell("\(duration.components.seconds) s later", bench.pass(duration))
    }

    // MARK: What happens

    private mutating func starts() {
        let (web, names) = (VoiceShop.web, VoiceShop.names)
        bench.interfere(
            .addService(names.service),
            .addDestination(Shop.other, to: names.service.key),
            .addDestination(names.destinations[0], to: names.service.key)
        )
        tell("start", bench.start())
        check(web, 0, .down, .director(.systemError(24)), "too many open files")
        check(web, 0, .down, .director(.systemError(24)), "too many open files")
        isUp(web, 0)
        isDown(web, 1)
        isUp(names, 0)
        isUp(names, 1)
        isUp(VoiceShop.web6, 0)
        isDown(VoiceShop.mark, 0)
        isUp(VoiceShop.mark6, 0)
    }

    private mutating func fails() {
        let (web, names, mark) = (VoiceShop.web, VoiceShop.names, VoiceShop.mark)
        isDown(web, 0)
        isUp(web, 0)
        isDown(web, 0)
        isDown(web, 0)
        isDown(web, 0)
        check(web, 0, .down, .dialogue(.status(503)), "503 Service Unavailable")
        check(web, 0, .down, .dialogue(.mismatch), "50% | a\r\nb")
        pass(.seconds(60))
        isUp(web, 1)
        isUp(web, 1)
        isUp(web, 0)
        isDown(web, 0)
        isUp(web, 0)
        isUp(web, 0)
        check(names, 0, .down, .transport(.timeout))
        check(names, 0, .up, .transport(.passed))
        isUp(mark, 0)
        isDown(mark, 0)
        isUp(mark, 0)
        isDown(VoiceShop.mark6, 0)
        isUp(VoiceShop.mark6, 0)
        isDown(VoiceShop.web6, 0)
        isUp(VoiceShop.web6, 0)
    }

    private mutating func maintains() {
        tell("maintenance of 10.2.0.1", bench.maintain(["10.2.0.1"]))
        isUp(VoiceShop.web, 0)
        tell("end of maintenance", bench.maintain([]))
        isUp(VoiceShop.web, 0)
    }

    private mutating func isChangedByOthers() {
        for virtual in [VoiceShop.web, VoiceShop.names, VoiceShop.web6, VoiceShop.mark] {
            let key = virtual.service.key
            guard let server = virtual.destinations.first else { continue }
            var heavier = server
            heavier.weight += 7
            var threshold = server
            threshold.upperThreshold = 9
            var service = virtual.service
            service.scheduler = "sed"
            for change in [
                Change.editDestination(heavier, of: key), .editDestination(threshold, of: key),
                .editDestination(server, of: key), .addDestination(Shop.other, to: key),
                .deleteDestination(Shop.other.endpoint, of: key), .editService(service), .editService(virtual.service),
                .deleteDestination(server.endpoint, of: key), .addDestination(server, to: key), .deleteService(key),
            ] {
                bench.interfere(change)
                tell("others change the table", bench.pass(.seconds(5)))
            }
            bench.interfere(.addService(virtual.service))
            tell("others put the service back", bench.pass(.seconds(5)))
        }
        removeAgainAndAgain()
    }

    /// What is put back at once for three times, and after a pause from then on.
    private mutating func removeAgainAndAgain() {
        let web = VoiceShop.web
        for _ in 0..<4 {
            bench.interfere(
                .deleteDestination(web.destinations[0].endpoint, of: web.service.key),
                .deleteDestination(web.destinations[1].endpoint, of: web.service.key)
            )
            tell("others remove both servers", bench.pass(.seconds(5)))
        }
        pass(.seconds(60))
        for _ in 0..<4 {
            bench.interfere(.deleteService(web.service.key))
            tell("others remove the service", bench.pass(.seconds(5)))
        }
        pass(.seconds(120))
        isDown(web, 0)
        isDown(web, 0)
        bench.interfere(.deleteDestination(web.destinations[0].endpoint, of: web.service.key))
        tell("others remove a server that is down", bench.pass(.seconds(5)))
        isDown(web, 1)
        isDown(web, 1)
        bench.interfere(.deleteDestination(Shop.fallback.endpoint, of: web.service.key))
        tell("others remove the fallback", bench.pass(.seconds(5)))
        isUp(web, 0)
        isUp(web, 0)
    }

    private mutating func reloads() {
        var web = VoiceShop.web
        web.service.scheduler = "rr"
        web.realServers[0].weight = 8
        web.realServers.append(Shop.server(3, weight: 4))
        web.fallbackCommand = "/bin/other"
        var mark = VoiceShop.mark
        mark.fallbackCommand = nil
        mark.realServers = []
        tell("another configuration", bench.reload([web, VoiceShop.names, mark]))
        isUp(web, 2)
        tell("web without its new server", bench.reload([VoiceShop.web, VoiceShop.names, mark]))
    }

    private mutating func stops() {
        isDown(VoiceShop.names, 0)
        tell("stop", bench.stop())
    }

    /// Each reason for which a change may fail.
    private mutating func isRefused() {
        let errors: [IPVSError] = [
            .unavailable, .transport(.noBufferSpace), .unanswered, .malformedReply("no family"),
            .unsettled(attempts: 3),
        ]
        let refusals: [KernelError] = [
            .notPermitted, .noSuchEntry, .noSuchService, .inputOutput, .outOfMemory, .busy, .exists, .noSuchDevice,
            .invalid, .outOfRange, .familyNotSupported, .noBufferSpace, .timedOut,
        ]
        let web = VoiceShop.web
        bench.refusals = [[0: .refused(.noSuchEntry)]]
        tell("start with a scheduler that is not there", bench.start())
        bench.refusals = [[1: .refused(.outOfMemory), 3: .refused(.invalid)]]
        pass(.seconds(1))
        pass(.seconds(2))
        for error in errors + refusals.map({ .refused($0) }) {
            isUp(web, 0)
            isUp(web, 0)
            bench.refusals = [[0: error]]
            isDown(web, 0)
            isDown(web, 0)
            pass(.seconds(4))
        }
        failsToBeDone()
        bench.refusals = [[0: .refused(.outOfMemory)]]
        tell("a configuration without it", bench.reload([]))
        pass(.seconds(1))
        tell("it is back", bench.reload([web]))
        isUp(web, 0)
        bench.refusals = [[0: .refused(.notPermitted)]]
        tell("stop", bench.stop())
    }

    /// Each change that may be refused.
    private mutating func failsToBeDone() {
        let (web, refused) = (VoiceShop.web, IPVSError.refused(.outOfMemory))
        bench.refusals = [[0: refused]]
        isUp(web, 0)
        isUp(web, 0)
        pass(.seconds(1))
        bench.refusals = [[1: refused]]
        isDown(web, 0)
        isDown(web, 0)
        pass(.seconds(1))
        bench.refusals = [[:], [0: refused]]
        isUp(web, 0)
        isUp(web, 0)
        pass(.seconds(1))
        var changed = web
        changed.service.scheduler = "rr"
        changed.isQuiescent = false
        changed.failureCount = 1
        bench.refusals = [[0: refused]]
        tell("another scheduler", bench.reload([changed]))
        pass(.seconds(1))
        bench.refusals = [[1: refused]]
        isDown(changed, 0)
        pass(.seconds(1))
        changed.realServers.removeLast()
        bench.refusals = [[0: refused]]
        isUp(changed, 0)
        isUp(changed, 0)
        pass(.seconds(1))
        bench.refusals = [[:], [0: refused]]
        tell("a server less", bench.reload([changed]))
        pass(.seconds(1))
    }

    private mutating func records() {
        let virtual = VoiceShop.recorded
        tell("start", bench.start())
        for index in virtual.realServers.indices {
            isUp(virtual, index)
            isDown(virtual, index)
        }
        tell("maintenance", bench.maintain(["10.2.0.1", "10.2.0.2", "2001:db8:2::9"]))
        for index in virtual.realServers.indices { isUp(virtual, index) }
    }
}
