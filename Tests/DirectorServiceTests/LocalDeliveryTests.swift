import Addresses
import TestKit
import Testing

@testable import DirectorService

/// Questions to the kernel which addresses are its own, and answers that are none.
@Suite(.waits)
struct LocalDeliveryTests {
    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("192.0.2.1", false), ("2001:db8::1", false),
    ])
    func theKernelTellsItsOwnAddresses(address: String, isLocal: Bool) throws {
        var delivery = try LocalDelivery()
        let address = try #require(IPAddress(address))
        #expect(delivery.isLocal(address) == isLocal)
        #expect(delivery.isLocal(address) == isLocal)
    }

    /// A `struct nlmsghdr` and the beginning of a `struct rtmsg`, as the kernel sends them.
    @Test func answersOfOtherKindsAreNone() {
        func answer(type: UInt16, sequence: UInt32, route: UInt8, count: Int = 28) -> Bool? {
            var bytes = [UInt8](repeating: 0, count: 28)
            bytes.withUnsafeMutableBytes { bytes in
                bytes.storeBytes(of: 28, as: UInt32.self)
                bytes.storeBytes(of: type, toByteOffset: 4, as: UInt16.self)
                bytes.storeBytes(of: sequence, toByteOffset: 8, as: UInt32.self)
                bytes[23] = route
            }
            return LocalDelivery.answer(in: bytes[..<count], sequence: 5)
        }
        #expect(answer(type: 24, sequence: 5, route: 2) == true)
        #expect(answer(type: 24, sequence: 5, route: 1) == false)
        #expect(answer(type: 2, sequence: 5, route: 0) == false)
        #expect(answer(type: 24, sequence: 4, route: 2) == nil)
        #expect(answer(type: 3, sequence: 5, route: 2) == nil)
        for count in 0..<28 { #expect(answer(type: 24, sequence: 5, route: 2, count: count) == nil) }
    }
}
