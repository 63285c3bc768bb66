import Addresses
import Glibc
import IPVS
import TestKit
import Testing

/// A director with 1,000 virtual servers of 10 real ones each, and the kernel of the lab.
///
/// The servers are not asked (`checktype=on`): ten thousand connections by the lab's one slow processor would hide what
/// is measured, which is the director and the kernel. `contrib/bench/director` measures with checks.
@Suite(.needsLab, .waitsInLab)
struct ScaleTests {
    private static let virtuals = 1000
    private static let reals = 10
    /// The budget is a second; the lab is ten to twenty times slower than a machine, and this build is not optimised.
    private static let limit = Duration.seconds(20)

    private static func configuration(weight: Int) -> String {
        var text = "quiescent=yes\nlogfile=\"FOLDER/log\"\n"
        for virtual in 0..<virtuals {
            text += "virtual=10.9.\(virtual / 250).\(virtual % 250 + 1):80\n"
            for real in 1...reals {
                text += "    real=127.\(real).\(virtual / 250).\(virtual % 250 + 1):80 masq \(weight)\n"
            }
            text += "    checktype=on\n    scheduler=rr\n"
        }
        return text
    }

    /// Measures how long something takes, and holds it to the limit.
    private static func measure(_ what: String, _ body: () throws -> Void) throws {
        let start = ContinuousClock.now
        try body()
        let time = ContinuousClock.now - start
        print("\(virtuals) virtual servers of \(reals), in the lab: \(what) \(time)")
        #expect(time <= limit, "\(what)")
    }

    @Test func startReloadAndStopAreQuick() throws {
        try Namespace.fresh {
            let stage = try DaemonStage()
            try stage.write(Self.configuration(weight: 1))
            func has(_ weight: Int32) throws -> Bool {
                let entries = try stage.kernel.table().entries
                return entries.count == Self.virtuals
                    && entries.allSatisfy { entry in
                        entry.destinations.count == Self.reals && entry.destinations.allSatisfy { $0.weight == weight }
                    }
            }
            func commands() -> Int {
                stage.log.count { $0.contains(" real server: ") || $0.contains(" virtual server: ") }
            }
            try Self.measure("start") {
                try stage.start()
                // Looking at the table costs the kernel as much as changing it.
                try stage.wait("start") { commands() == Self.virtuals * (Self.reals + 1) }
            }
            #expect(try has(1))
            try Self.measure("reload of the same file") { try stage.reload(Self.configuration(weight: 1)) }
            #expect(commands() == Self.virtuals * (Self.reals + 1))
            try Self.measure("reload that changes every server") {
                try stage.reload(Self.configuration(weight: 2))
                try stage.wait("changes") { commands() == Self.virtuals * (2 * Self.reals + 1) }
            }
            #expect(try has(2))
            try Self.measure("stop") {
                let end = try stage.stop()
                #expect(end?.status == 0)
            }
            #expect(try stage.kernel.table().entries.isEmpty)
        }
    }
}
