package import Addresses
package import Links
import TestKit

/// One thing that every kernel's links do, the real ones and the simulated ones.
package struct LinkPromise: Sendable, CustomStringConvertible {
    /// What is promised, as a sentence.
    package let description: String
    /// Tries it on a stage on which nothing has happened.
    package let keep: @Sendable (any LinkStage) throws -> Void

    init(_ description: String, keep: @escaping @Sendable (any LinkStage) throws -> Void) {
        self.description = description
        self.keep = keep
    }

    /// Everything that is promised of any kernel.
    package static let all = addresses + routes + rules + keeping
}

/// Breaks the promise unless both are equal.
func expect<Value: Equatable>(_ found: Value, _ wanted: Value, line: UInt = #line) throws {
    if found != wanted { throw BrokenLinkPromise(description: "line \(line): found \(found), wanted \(wanted)") }
}

/// Breaks the promise unless it is so.
func expect(_ isSo: Bool, _ what: @autoclosure () -> String = "", line: UInt = #line) throws {
    if !isSo { throw BrokenLinkPromise(description: "line \(line): it is not so \(what())") }
}

extension LinkAddress {
    /// An address by its text, `10.0.0.1/24`, on the first interface.
    package init(_ text: String, on interface: String = "eth0") throws {
        let parts = text.split(separator: "/")
        guard let address = IPAddress(String(parts[0])) else {
            throw BrokenLinkPromise(description: "no address: \(text)")
        }
        self.init(address, prefixLength: parts.count > 1 ? UInt8(parts[1]) : nil, on: interface)
    }
}

extension NetworkPrefix {
    /// A prefix by its text, `10.0.0.0/24`.
    package init(_ text: String) throws {
        let address = try LinkAddress(text)
        self.init(address.address, length: address.prefixLength)
    }
}

extension Route {
    /// A route by the text of its destination, nil for everywhere.
    package init(
        to destination: String?,
        _ family: AddressFamily = .ipv4,
        via gateway: String? = nil,
        on interface: String? = "eth0"
    ) throws {
        let prefix = try destination.map { try NetworkPrefix($0) }
        self.init(prefix?.address.family ?? family, to: prefix)
        hops = [Hop(gateway: gateway.flatMap { IPAddress($0) }, interface: interface)]
    }
}

extension LinksKernel {
    /// Carries steps out, each of which must succeed.
    package func make(_ steps: LinkStep..., line: UInt = #line) throws {
        try expect(apply(steps).failures, [], line: line)
    }

    /// Tries a step that must be refused.
    func refuses(_ step: LinkStep, with error: LinksError, line: UInt = #line) throws {
        try expect(apply([step]).failures, [LinkReport.Failure(index: 0, error: error)], line: line)
    }

    /// The addresses of an interface but for those that the kernel made.
    package func addresses(of interface: String = "eth0") throws -> [LinkAddress] {
        try look(.links, makers: []).addresses.map(\.address).filter { $0.interface == interface }
    }

    /// Whether an interface has an address.
    package func has(_ text: String, on interface: String = "eth0") throws -> Bool {
        let wanted = try LinkAddress(text, on: interface)
        return try addresses(of: interface).contains {
            $0.address == wanted.address && $0.prefixLength == wanted.prefixLength
        }
    }

    func routes(by maker: UInt8 = 18) throws -> [Route] { try look(.routes, makers: [maker]).routes }
    func rules(by maker: UInt8 = 18) throws -> [RoutingRule] { try look(.rules, makers: [maker]).rules }

    /// The changes that are told until one of them is wanted.
    func changes(until isLast: (LinkChange) -> Bool) throws -> [LinkChange] {
        var found: [LinkChange] = []
        _ = try Deadline.wait(seconds: 5, pause: 1000) {
            found += try takeChanges()
            return found.contains(where: isLast)
        }
        try expect(found.contains(where: isLast), "in \(found)")
        return found
    }
}

/// A promise that was not kept.
package struct BrokenLinkPromise: Error, CustomStringConvertible {
    package let description: String
}
