import Addresses
import ArgumentParser
import Configuration
import Console
import DirectorService
import Failover
import System
import Texts
import Time
import VRRP

/// `directrix vrrp watch`: what is advertised on an interface, and in what it differs from a configuration.
struct WatchCommand: DirectrixSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Show what virtual routers send on an interface.",
        discussion: """
            Each advertisement, gratuitous ARP and neighbour advertisement is a line, whoever sent it. Where the configuration \
            has a virtual router of the same number on the interface, all settings are told in which the sender differs from it: \
            with one of them it would not be heard, or not hear us. A difference is told once until it changes.

            EXAMPLES
              directrix vrrp watch eth0
              directrix vrrp watch --file other.conf --count 20 --json eth0
            """
    )

    @Flag(help: "Write an object of JSON for each frame, each in one line.")
    var json = false

    @Flag(help: "Show passwords, which are on the wire for all to see.")
    var passwords = false

    @Option(help: "End after so many frames.")
    var count: Int?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The configuration that frames are held against; /etc/keepalived/keepalived.conf, where it is there, unless given.",
            valueName: "path"
        ),
        completion: .file()
    )
    var file: String?

    @Argument(help: "The interface.")
    var interface: String

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count is 1 at least") }
    }

    func run(_ context: SubcommandContext) -> Int32 {
        guard let routers = routers(context) else { return SubcommandContext.Status.failure }
        do throws(SystemFailure) {
            var tap = try WireTap(on: interface)
            var report = WatchReport(routers: routers, showsPasswords: passwords)
            var seen = 0
            while context.console.isHeard, seen < count ?? .max {
                guard let frame = try tap.next(within: .seconds(1)),
                    let watched = WatchedFrame(frame.bytes, clock: frame.time)
                else { continue }
                seen += 1
                let entry = report.entry(for: watched, at: frame.time, isOwn: frame.isOwn)
                context.console.text.append((json ? entry.json : entry.text) + "\n")
                context.console.flush()
            }
            return SubcommandContext.Status.success
        } catch {
            let way = error.number == 1 ? "; CAP_NET_RAW is needed" : ""
            context.console.complain("\(interface): \(error.message)\(way)")
            return SubcommandContext.Status.failure
        }
    }

    /// The virtual routers of the configuration on the interface; nil where one that was named cannot be used.
    private func routers(_ context: SubcommandContext) -> [VirtualRouter]? {
        let usual = "/etc/keepalived/keepalived.conf"
        guard let path = file ?? (SystemFile.exists(usual) ? usual : nil) else { return [] }
        let checked = CheckedFile(
            of: path,
            environment: context.environment,
            language: .keepalived,
            isLenient: true
        )
        guard let failover = checked.loaded?.failover else {
            for complaint in checked.complaints { context.console.complain(complaint) }
            return file == nil ? [] : nil
        }
        return failover.routing.routers.filter { $0.interface == interface }
    }
}

/// What is said of frames, one after the other.
struct WatchReport {
    private let routers: [VirtualRouter]
    private let showsPasswords: Bool
    /// What was told of each sender and number.
    private var told: [String: [PeerDifference]] = [:]

    /// The most senders that are told apart.
    private static let capacity = 1_000

    /// Makes a report on frames that are held against these virtual routers.
    init(routers: [VirtualRouter], showsPasswords: Bool) {
        self.routers = routers
        self.showsPasswords = showsPasswords
    }

    /// What is said of a frame.
    struct Entry: Hashable {
        let time: Duration
        let isOwn: Bool
        let fields: [WatchedFrame.Field]
        /// The name of the virtual router of the same number; nil for none.
        let router: String?
        /// In what it differs from that, where this is to be told.
        let differences: [String]

        /// A line, and one for each difference.
        var text: String {
            let head = "\(clock) \(isOwn ? ">" : "<") "
            let line = head + fields.map { "\($0.name)=\($0.text)" }.joined(separator: " ")
            return ([line] + differences.map { "                  ! \(router ?? ""): \($0)" }).joined(separator: "\n")
        }

        /// An object in one line.
        var json: String {
            var members = [
                "\"time\":\(RoutersListing.seconds(time))", "\"sent_here\":\(isOwn)",
            ]
            members += fields.map { "\(Self.quoted($0.name)):\(Self.quoted($0.text))" }
            if let router { members.append("\"router\":\(Self.quoted(router))") }
            members.append("\"differences\":[\(differences.map(Self.quoted).joined(separator: ","))]")
            return "{\(members.joined(separator: ","))}"
        }

        private static func quoted(_ text: String) -> String {
            var bytes: [UInt8] = []
            bytes.append(quoted: text)
            return String(decoding: bytes, as: UTF8.self)
        }

        /// The time of the day in UTC, to the millisecond.
        private var clock: String {
            let milliseconds = time / .milliseconds(1)
            let day = Int(milliseconds) % 86_400_000
            func digits(_ number: Int, _ count: Int) -> String {
                let text = "\(number)"
                return String(repeating: "0", count: max(count - text.count, 0)) + text
            }
            return "\(digits(day / 3_600_000, 2)):\(digits(day / 60_000 % 60, 2)):\(digits(day / 1_000 % 60, 2))."
                + digits(day % 1_000, 3)
        }
    }

    /// What is said of a frame that came at a time since 1970.
    mutating func entry(for frame: WatchedFrame, at time: Duration, isOwn: Bool) -> Entry {
        guard case .advertisement(let advertisement) = frame.content,
            let router = routers.first(where: {
                $0.routerID == advertisement.routerID && $0.family == advertisement.packet.source.family
            })
        else {
            return Entry(
                time: time,
                isOwn: isOwn,
                fields: frame.fields(showsPasswords: showsPasswords),
                router: nil,
                differences: []
            )
        }
        // What this machine sends is the configuration in force, which may not be the file's; that is told as well.
        let differences = advertisement.differences(from: router).filter { difference in
            if isOwn, case .stranger = difference { return false }
            return true
        }
        let sender = "\(advertisement.packet.source) \(advertisement.routerID)"
        let isNew = told[sender] != differences
        if told.count < Self.capacity || told[sender] != nil { told[sender] = differences }
        return Entry(
            time: time,
            isOwn: isOwn,
            fields: frame.fields(for: router, showsPasswords: showsPasswords),
            router: router.name,
            differences: isNew ? differences.map(\.words) : []
        )
    }
}
