import Addresses
import CLinux
import Glibc
import TestKit
import Testing

@testable import System

/// The addresses of a machine whose interfaces gain and lose them, in a network of its own.
@Suite(.waits)
struct AddressWatchTests {
    @Test(.enabled(if: Self.mayBeApart, "needs CAP_SYS_ADMIN and CAP_NET_ADMIN"))
    func changesOfAddressesAreTold() async {
        await #expect(processExitsWith: .success) {
            precondition(unshare(CLONE_NEWNET) == 0)
            let loop = try EventLoop()
            var told: [Set<IPAddress>] = []
            let watch = try AddressWatch(on: loop) { told.append($0) }
            precondition(watch.addresses.isEmpty)
            let four = try #require(IPAddress("10.77.0.1"))
            let six = try #require(IPAddress("fd77::1"))
            precondition(
                system("ip addr add 10.77.0.1/32 dev lo && ip addr add fd77::1/128 dev lo && ip link set lo up") == 0
            )
            while told.last?.isSuperset(of: [four, six]) != true { try loop.runTurn(atMost: .seconds(30)) }
            precondition(system("ip addr del 10.77.0.1/32 dev lo") == 0)
            while told.last?.contains(four) != false { try loop.runTurn(atMost: .seconds(30)) }
            precondition(told.last?.contains(six) == true)
            precondition(watch.addresses == told.last)
        }
    }

    private static let mayBeApart = system("unshare --net ip addr add 10.77.0.1/32 dev lo 2>/dev/null") == 0
}
