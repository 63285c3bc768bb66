import Glibc
import System
import TestKit
import Testing
import VRRP

@testable import VRRPControl

struct ControlEndTests {
    private final class Heard {
        var texts: [[UInt8]] = []
        var isOver = false

        func take(_ matter: ControlEnd.Matter) {
            switch matter {
            case .text(let text): texts.append(text)
            case .ended: isOver = true
            }
        }
    }

    private let loop: EventLoop
    private let heard = Heard()

    init() throws {
        loop = try EventLoop()
    }

    private func ends(limit: Int = 1 << 20) throws -> (ControlEnd, ControlEnd) {
        let (first, second) = try ControlSocket.pair()
        let heard = heard
        return (
            try ControlEnd(ControlSocket.inherited(first), on: loop, limit: limit) { _ in },
            try ControlEnd(ControlSocket.inherited(second), on: loop, limit: limit) { heard.take($0) }
        )
    }

    private func turn(until isReached: () -> Bool) throws {
        for _ in 0..<1_000 {
            if isReached() { return }
            try loop.runTurn(atMost: .milliseconds(100))
        }
    }

    @Test func textsOfAnyLengthComeWholeAndInOrder() throws {
        let (speaker, listener) = try ends()
        let texts = [[], [1], [UInt8](repeating: 2, count: 32 << 10), [UInt8](repeating: 3, count: 3_000_000), [4]]
        var waiting = texts[...]
        while let text = waiting.first {
            if speaker.send(text) { waiting.removeFirst() } else { try loop.runTurn(atMost: .milliseconds(100)) }
        }
        try turn { heard.texts.count == texts.count }
        #expect(heard.texts == texts)
        withExtendedLifetime(listener) {}
    }

    @Test func whatIsNotReadIsRefusedBeyondTheLimit() throws {
        let (speaker, listener) = try ends(limit: 100_000)
        var count = 0
        while count < 10_000, speaker.send([UInt8](repeating: 5, count: 1_000)) { count += 1 }
        #expect(count < 10_000)
        #expect(speaker.waiting <= 101_000)
        try turn { heard.texts.count == count }
        #expect(heard.texts.count == count)
        #expect(speaker.send([1]))
        withExtendedLifetime(listener) {}
    }

    @Test func theEndIsToldOnce() throws {
        let (speaker, listener) = try ends()
        #expect(speaker.send([1]))
        speaker.end()
        #expect(!speaker.send([2]))
        try turn { heard.isOver }
        #expect(heard.texts == [[1]])
        withExtendedLifetime(listener) {}
    }

    @Test func aLineIsMadeAgainAndSaysWhatIsKnown() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/socket"
        var told: [String] = []
        let line = RoutersLine(to: path, as: .director, process: 5, on: loop) { matter in
            switch matter {
            case .began(let process): told.append("began \(process)")
            case .report: told.append("report")
            case .ended: told.append("ended")
            }
        }
        line.configure(.sample)
        line.track(TrackedSubject(.script, "check"), .unwell)
        line.track(TrackedSubject(.script, "check"), .well)
        for round in 1...2 {
            let listening = try ControlSocket.listen(at: path)
            var accepted: Descriptor?
            try turn {
                accepted = try? ControlSocket.accept(listening.number)
                return accepted.isSome
            }
            let heard = Heard()
            guard let socket = accepted.take() else {
                Issue.record("nobody connects")
                return
            }
            #expect(ControlSocket.peer(of: socket.number)?.process == getpid())
            let end = try ControlEnd(socket, on: loop, limit: 1 << 20) { heard.take($0) }
            #expect(end.send(try KeyedText.bytes(of: RoutersReport.greeting(.init(.routers, process: 9)))))
            try turn { heard.texts.count == 3 }
            let requests = try heard.texts.map { try KeyedText.value(RoutersRequest.self, from: $0) }
            #expect(
                requests == [
                    .greeting(.init(.director, process: 5)), .configure(.sample, number: 1),
                    .track(TrackedSubject(.script, "check"), .well),
                ]
            )
            end.end()
            try turn { told.count == 2 * round }
        }
        #expect(told == ["began 9", "ended", "began 9", "ended"])
        line.close()
    }

    @Test func anotherVersionIsNotSpokenTo() throws {
        let folder = try TemporaryFolder()
        let listening = try ControlSocket.listen(at: "\(folder.path)/socket")
        var reasons: [String] = []
        let line = RoutersLine(to: "\(folder.path)/socket", as: .command, process: 5, on: loop) { matter in
            if case .ended(let reason) = matter { reasons.append(reason) }
        }
        var accepted: Descriptor?
        try turn {
            accepted = try? ControlSocket.accept(listening.number)
            return accepted.isSome
        }
        guard let socket = accepted.take() else { return }
        let end = try ControlEnd(socket, on: loop, limit: 1 << 20) { _ in }
        var greeting = ControlGreeting(.routers, process: 9)
        greeting.version = 2
        #expect(end.send(try KeyedText.bytes(of: RoutersReport.greeting(greeting))))
        try turn { !reasons.isEmpty }
        #expect(reasons == ["it speaks version 2, and this program 1"])
        #expect(line.restart() == nil)
        line.close()
    }
}

extension Optional where Wrapped: ~Copyable {
    fileprivate var isSome: Bool {
        switch self {
        case .some: true
        case .none: false
        }
    }
}
