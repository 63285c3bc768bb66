import Addresses
import Failover
import Links
import TestKit
import Testing
import VRRP

@testable import VRRPControl

struct KeyedTextTests {
    /// One of each kind that Swift's encodings know.
    private struct Sample: Codable, Hashable {
        enum Choice: Codable, Hashable {
            case plain
            case pair(Int8, text: String)
        }

        var numbers: [UInt64] = [0, 1, .max]
        var signed: [Int64] = [.min, -1, .max]
        var flag = true
        var text = "a\"\\\n\u{1}é\u{1f600}"
        var missing: String?
        var choices: [Choice] = [.plain, .pair(-5, text: "x")]
        var byNumber: [UInt8: [UInt8]] = [7: [1, 2]]
        var byName: [String: Int] = ["b": 2, "a": 1]
        var time = Duration.milliseconds(-1_250)
        var nested: [[Int]] = [[], [1]]
    }

    @Test func whatIsWrittenIsRead() throws {
        let sample = Sample()
        let text = try KeyedText.bytes(of: sample)
        #expect(try KeyedText.value(Sample.self, from: text) == sample)
        #expect(String(decoding: text, as: UTF8.self).hasPrefix(#"{"byName":{"a":1,"b":2},"byNumber":[7,[1,2]],"#))
    }

    @Test func aSetOfRoutersIsReadAsItWasWritten() throws {
        let set = RouterSet.sample
        let text = try KeyedText.bytes(of: set)
        #expect(try KeyedText.value(RouterSet.self, from: text) == set)
        #expect(try KeyedText.bytes(of: KeyedText.value(RouterSet.self, from: text)) == text)
    }

    @Test func eventsAreReadAsTheyWereWritten() throws {
        let address = IPAddress.v4(IPv4Address(value: 0x0a00_0003))
        let events: [RouterEvent] = [
            .router("VI_1", .rejected(.checksum(version: 2), from: address, count: 3), state: .master, priority: 100),
            .router("VI_1", .twoMasters(other: address, difference: .password), state: .master, priority: 100),
            .group("G", .synchronising(.backup), state: .backup),
            .node(.unknownRouter(9, on: "eth0", from: address, count: .max)),
        ]
        for event in events {
            let text = try KeyedText.bytes(of: RoutersReport.event(event))
            #expect(try KeyedText.value(RoutersReport.self, from: text) == .event(event))
        }
    }

    @Test(
        arguments: [
            ("", .unfinished, 0), ("[1,", .unfinished, 3), ("[1,]", .misplaced, 3),
            ("{\"a\":1,\"a\":2}", .repeatedKey, 7),
            ("1 2", .misplaced, 2), ("99999999999999999999", .number, 0), ("\"\\ud800\"", .characters, 7),
            ("\"\u{1}\"", .characters, 2), ("nul", .unfinished, 3), ("trve", .misplaced, 2), ("-", .unfinished, 1),
            ("+1", .misplaced, 0),
        ] as [(String, KeyedTextError.Reason, Int)]
    )
    func whatIsNoTextIsRefusedWithItsPlace(text: String, reason: KeyedTextError.Reason, position: Int) {
        #expect(throws: KeyedTextError(reason: reason, position: position)) {
            try KeyedText.value([Int].self, from: Array(text.utf8))
        }
    }

    @Test func depthAndLengthAreBounded() {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: KeyedTextError(reason: .tooDeep, position: KeyedTextReader.depth)) {
            try KeyedText.value([Int].self, from: deep)
        }
        #expect(throws: KeyedTextError(reason: .tooLong, position: 100)) {
            try KeyedText.value([Int].self, from: deep, limit: 100)
        }
    }

    /// Whatever a text has become on its way, reading it ends with a value or an error.
    @Test func damagedTextsAreReadOrRefused() throws {
        let seed: UInt64 = 11
        var generator = SeededGenerator(seed: seed)
        let whole = try KeyedText.bytes(of: RoutersRequest.configure(.sample, number: 1))
        var readCount = 0
        for round in 0..<4_000 {
            var text = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<text.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: text[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: text.remove(at: place)
                case 2: text.insert(Array("[]{},:\"-0129\\un".utf8).randomElement(using: &generator) ?? 0, at: place)
                default: text = Array(text[..<max(place, 1)])
                }
            }
            do {
                guard case .configure(let set, _) = try KeyedText.value(RoutersRequest.self, from: text) else {
                    continue
                }
                readCount += 1
                _ = set.objection
            } catch is KeyedTextError {
            } catch is DecodingError {
            } catch {
                Issue.record("seed \(seed), round \(round): \(error)")
            }
        }
        #expect(readCount > 0, "seed \(seed)")
    }
}
