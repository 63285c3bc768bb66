import Addresses
import Console
import IPVS
import IPVSAdm
import System
import Testing

@testable import simulated_demo

/// That the demo does not praise what it has not seen; `contrib/test-demo` looks at its text.
struct SimulatedDemoTests {
    private final class Audience: ByteSink {
        var text = ""
        var failure: SystemFailure?

        func write(_ bytes: [UInt8]) throws(SystemFailure) {
            if let failure { throw failure }
            text += String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func run(on kernel: SimulatedKernel, before audience: Audience = Audience()) throws(DemoFailure) {
        try SimulatedDemo(stage: DemoStage(host: SimulatedHost(kernel: kernel), audience: audience)).run()
    }

    @Test
    func itEndsWithAnEmptyTable() throws {
        let kernel = SimulatedKernel()
        let audience = Audience()
        try Self.run(on: kernel, before: audience)
        #expect(kernel.snapshot().services.isEmpty)
        #expect(audience.text.contains("No request was sent."))
    }

    @Test
    func aCommandThatFailsIsAFailure() {
        let kernel = SimulatedKernel()
        kernel.surroundings.schedulers = ["wlc"]
        #expect(throws: DemoFailure.status(255, expected: 0, of: "ipvsadm -A -t 10.1.0.100:80 -s rr")) {
            try Self.run(on: kernel)
        }
    }

    @Test
    func aServerTooManyIsAFailure() throws {
        let kernel = SimulatedKernel()
        let other = VirtualService(key: .mark(7, .ipv4), scheduler: "rr")
        let address = try #require(IPv4Address("10.2.0.14"))
        let server = Destination(endpoint: Endpoint(address: .v4(address), port: 0))
        #expect(kernel.apply([.addService(other), .addDestination(server, to: other.key)]).failures.isEmpty)
        #expect(
            throws: DemoFailure.servers(
                ["10.2.0.11", "10.2.0.12", "10.2.0.14"],
                expected: ["10.2.0.11", "10.2.0.12"]
            )
        ) {
            try Self.run(on: kernel)
        }
    }

    @Test
    func aFullDiskIsAFailure() {
        let audience = Audience()
        audience.failure = SystemFailure(call: "write", number: 28)
        #expect(throws: DemoFailure.unwritable(SystemFailure(call: "write", number: 28))) {
            try Self.run(on: SimulatedKernel(), before: audience)
        }
    }
}
