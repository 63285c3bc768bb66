import Addresses
import IPVS

/// A table as `ipvsadm -Sn` prints it, in two editions.
///
/// They differ in every weight, and in some services and servers.
struct ExampleDump {
    /// The editions.
    enum Edition: Int, CaseIterable {
        case first
        case second
    }

    /// The rules, one a line, in the order of `-Sn`.
    let lines: [String]

    /// Makes an edition with so many large services, and two small ones.
    ///
    /// - Parameter servers: how many each large service has, up to 253.
    init(_ edition: Edition, services: Int, servers: Int) {
        var lines: [String] = []
        func append(_ service: String, _ scheduler: String, servers: [String]) {
            lines.append("-A -t \(service) -s \(scheduler)")
            for (index, server) in servers.enumerated() {
                lines.append("-a -t \(service) -r \(server) -m -w \((index + 3 * edition.rawValue) % 7 + 1)")
            }
        }
        for number in 1...services {
            // Some have another scheduler and another last server in the second edition.
            let isOther = edition == .second && number % 5 == 0
            var hosts = Array(1...servers)
            if isOther { hosts[servers - 1] += 1 }
            // With this one the kernel computes long for each change, so that a restore does not end in an instant.
            let usual = number % 8 == 4 ? "mh" : "wrr"
            append("10.0.0.\(number):80", isOther ? "rr" : usual, servers: hosts.map { "10.1.\(number).\($0):80" })
        }
        for number in 1...2 {
            let port = edition == .first ? 8080 : 8081
            append("10.0.1.\(number):\(port)", "wlc", servers: (1...7).map { "10.2.\(number).\($0):80" })
        }
        self.lines = lines
    }

    /// The rules as a file has them.
    var text: String { lines.joined(separator: "\n") + "\n" }

    /// The large service of that number, from 1.
    static func key(ofService number: Int) -> ServiceKey {
        let address = IPv4Address(value: 0x0a00_0000 + UInt32(number))
        return .endpoint(.tcp, Endpoint(address: .v4(address), port: 80))
    }

    /// What is wrong with a table that restores of both editions have written to at once: it must consist of rules of
    /// either, name nothing twice, and hold whatever both hold.
    static func faults(of table: [String], between dumps: [ExampleDump]) -> [String] {
        let known = Set(dumps.flatMap(\.lines))
        let subjects = table.map(subject)
        var common = Set(dumps.first?.lines.map(subject) ?? [])
        for dump in dumps { common.formIntersection(dump.lines.map(subject)) }
        return table.filter { !known.contains($0) }.map { "of neither: \($0)" }
            + Dictionary(grouping: subjects) { $0 }.filter { $1.count > 1 }.keys.map { "twice: \($0)" }
            + common.subtracting(subjects).map { "lost: \($0)" }
    }

    /// A rule without what may be edited.
    private static func subject(_ line: String) -> String {
        line.split(separator: " ").prefix(line.hasPrefix("-A") ? 3 : 5).joined(separator: " ")
    }
}
