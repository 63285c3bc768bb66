import Addresses
import IPVS
import TestKit
import Testing

/// Debian's ldirectord and ours before web servers that answer oddly.
@Suite(.needsKernel, .serialized, .waitsInLab)
struct HTTPAnswerTests {
    /// The configuration, with the servers of one pattern behind each virtual service.
    private static let configuration: String = {
        var text = "checktimeout=3\nnegotiatetimeout=3\ncheckinterval=1\nsupervised=yes\nquiescent=no\n"
        for (port, pattern) in [(80, "ok"), (81, nil)] {
            text += "virtual=10.9.0.100:\(port)\n"
            for (index, answer) in HTTPAnswer.all.enumerated() where answer.pattern == pattern {
                text += "    real=127.0.2.\(index + 1):8080 masq\n"
            }
            text += "    service=http\n    request=\"/\"\n" + (pattern.map { "    receive=\"\($0)\"\n" } ?? "")
        }
        return text
    }()

    /// The names of the answers that a director takes for those of healthy servers, as soon as they are the wanted ones.
    private static func healthy(_ director: PlayedDirector, wanted: Set<String>) throws -> Set<String> {
        try Namespace.fresh {
            let servers = try HTTPAnswer.all.enumerated().map { index, answer in
                let address = IPv4Address(value: 0x7f00_0201 + UInt32(index))
                return try WebServer(at: Endpoint(address: .v4(address), port: 8080), answer: answer.bytes)
            }
            defer { withExtendedLifetime(servers) {} }
            let stage = try DirectorStage()
            try stage.write(configuration)
            switch director {
            case .original: try stage.start("/usr/sbin/ldirectord")
            case .ours: try stage.start()
            }
            func found() throws -> Set<String> {
                let destinations = try stage.kernel.snapshot().services.flatMap(\.destinations)
                return Set(
                    destinations.compactMap { status in
                        guard case .v4(let address) = status.destination.endpoint.address else { return nil }
                        return HTTPAnswer.all[Int(address.value & 0xff) - 1].name
                    }
                )
            }
            _ = try Deadline.wait(seconds: DirectorStage.patience, pause: 200_000) { try found() == wanted }
            let end = try found()
            try stage.kill()
            return end
        }
    }

    @Test func bothDirectorsJudgeAsTheTableSays() throws {
        let wanted = { (verdict: KeyPath<HTTPAnswer, HTTPAnswer.Verdict>) in
            Set(HTTPAnswer.all.filter { $0[keyPath: verdict] == .up }.map(\.name))
        }
        let original = try BackgroundWork { try Self.healthy(.original, wanted: wanted(\.original)) }
        let ours = try Self.healthy(.ours, wanted: wanted(\.verdict))
        #expect(ours.symmetricDifference(wanted(\.verdict)).sorted() == [])
        #expect(try original.finish().symmetricDifference(wanted(\.original)).sorted() == [])
    }
}
