import Foundation
import TestKit

/// What keepalived 2.2.7 said in a recorded scenario.
struct RecordedScenario {
    /// The lines of its log, but for those about its own process.
    let log: [String]
    /// The lines of the FIFO.
    let pipe: [String]
    /// The mails, each as its subject and its body.
    let mails: [String]
    /// The programs that were run, by what they wrote.
    let notices: [String]

    struct Unreadable: Error {}

    init(_ name: String) throws {
        let path = TestKit.SourceTree.path("Fixtures/keepalived/scenarios/\(name).json")
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        guard let object = try JSONSerialization.jsonObject(with: data) as? [String: Any],
            let observed = object["observed"] as? [[Any]]
        else { throw Unreadable() }
        func texts(_ kind: String) -> [String] {
            observed.filter { $0.count == 3 && $0[1] as? String == kind }.compactMap { $0[2] as? String }
        }
        log = texts("log").filter { line in !Self.others.contains { line.hasPrefix($0) } }
        pipe = texts("fifo")
        notices = texts("notify")
        mails = observed.filter { $0.count == 3 && $0[1] as? String == "mail" }.compactMap { entry in
            guard let mail = entry[2] as? [String: Any], let data = mail["data"] as? [String],
                let subject = data.first(where: { $0.hasPrefix("Subject: ") }),
                let end = data.firstIndex(of: "")
            else { return nil }
            let body = data[(end + 1)...].filter { !$0.isEmpty }
            return "\(subject.dropFirst(9)) | \(body.joined(separator: "\n"))"
        }
    }

    /// What is said of the process, and of mails on their way.
    private static let others = [
        "Starting Healthcheck", "Initializing ipvs", "Startup complete", "Activating", "Stopping", "Stopped",
        "Remote SMTP server [127",
        "SMTP alert",
    ]
}
