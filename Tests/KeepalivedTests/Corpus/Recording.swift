import Foundation
import TestKit

/// What was recorded of a configuration.
struct Recording: Decodable {
    let verdict: String
    var findings: [Finding]?
    var options: [String]?
    let table: [String]
    var thresholds: [Threshold]?
    var timeouts: [UInt32]?
    var services: [Service]?
    var track_files: [TrackFile]?

    struct TrackFile: Decodable {
        let name: String
        let file: String
        let holders: [Holder]

        struct Holder: Decodable {
            let service: String
            let server: String
            let weight: Int32
            let reverse: Bool
        }
    }

    struct Finding: Decodable {
        let line: Int
        let column: Int
        let word: String
        let severity: String
        let what: String
    }

    /// Service, server, upper and lower threshold.
    struct Threshold: Decodable, Hashable {
        let service: String
        let server: String
        let upper: UInt32
        let lower: UInt32

        init(service: String, server: String, upper: UInt32, lower: UInt32) {
            (self.service, self.server, self.upper, self.lower) = (service, server, upper, lower)
        }

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            service = try list.decode(String.self)
            server = try list.decode(String.self)
            upper = try list.decode(UInt32.self)
            lower = try list.decode(UInt32.self)
        }
    }

    struct Service: Decodable {
        let service: String
        let alpha: Bool
        let omega: Bool
        var ha_suspend: Bool?
        let quorum: UInt32
        let hysteresis: UInt32
        let smtp_alert: Bool
        var virtualhost: String?
        var quorum_up: Script?
        var quorum_down: Script?
        var sorry: Sorry?
        var servers: [Server]
    }

    struct Sorry: Decodable {
        let server: String
        let inhibit: Bool
    }

    struct Script: Decodable {
        let command: String
        let uid: UInt32
        let gid: UInt32
    }

    struct Server: Decodable {
        let server: String
        let address: String
        let weight: Int32
        let effective_weight: Int32
        let inhibit: Bool
        let alpha: Bool
        let smtp_alert: Bool
        var virtualhost: String?
        var notify_up: Script?
        var notify_down: Script?
        var checks: [Check]
    }

    struct Check: Decodable {
        let type: String
        var target: String?
        var bind_to: String?
        var bind_if: String?
        var fwmark: UInt32?
        var timeout_us: UInt64?
        var delay_loop_us: UInt64?
        var warmup_us: UInt64?
        var retry: Int?
        var delay_before_retry_us: UInt64?
        var log_all_failures: Bool?
        var urls: [URL]?
        var http_protocol: String?
        var virtualhost: String?
        var sni: Bool?
        var helo_name: String?
        var dns_type: String?
        var name: String?
        var script: String?
        var misc_timeout_s: UInt64?
        var dynamic: Bool?
        var uid: UInt32?
        var gid: UInt32?
        var payload_length: Int?
        var require_reply: Bool?
        var min_reply_length: Int?
        var max_reply_length: Int?
        var reply_data_length: Int?
        var track_file: String?
        var weight_share: Int32?

        struct URL: Decodable {
            let path: String
            let statuses: [String]
            var digest: String?
            var virtualhost: String?
            var regex: String?
            var regex_no_match: Bool?
            var regex_min_offset: Int?
            var regex_max_offset: Int?
        }
    }

    /// Reads the recording of that name in a folder of `Fixtures/keepalived`.
    init(of name: String, in folder: String) throws {
        let bytes = try SourceTree.bytes(of: "Fixtures/keepalived/\(folder)/\(name).json")
        self = try JSONDecoder().decode(Recording.self, from: Data(bytes))
    }

    /// The names of a folder's configurations that have a recording.
    static func names(in folder: String) throws -> [String] {
        let files = Set(try SourceTree.names(in: "Fixtures/keepalived/\(folder)"))
        return files.filter { $0.hasSuffix(".conf") }.map { String($0.dropLast(5)) }
            .filter { files.contains("\($0).json") }.sorted()
    }
}
