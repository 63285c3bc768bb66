public import IPVS

/// One thing that every IPVS kernel does, the real one and the simulated one.
public struct Promise: Sendable, CustomStringConvertible {
    /// What is promised, as a sentence.
    public let description: String
    /// Tries it on a kernel without services.
    public let keep: @Sendable (any IPVSKernel) throws -> Void

    init(_ description: String, keep: @escaping @Sendable (any IPVSKernel) throws -> Void) {
        self.description = description
        self.keep = keep
    }

    /// Everything that is promised.
    public static let all = services + destinations + settings
}

/// A promise that was not kept.
public struct Broken: Error, CustomStringConvertible {
    public let description: String
}

/// Breaks the promise unless both are equal.
func expect<Value: Equatable>(_ found: Value, _ wanted: Value, line: UInt = #line) throws {
    if found != wanted { throw Broken(description: "line \(line): found \(found), wanted \(wanted)") }
}

extension IPVSKernel {
    /// Carries changes out, each of which must succeed.
    func make(_ changes: Change..., line: UInt = #line) throws {
        try expect(apply(Changeset(changes)).failures, [], line: line)
    }

    /// Tries a change that must be refused with that error and leave everything as it was.
    func refuses(_ change: Change, with error: KernelError, line: UInt = #line) throws {
        let before = try snapshot().table
        try expect(apply([change]).failures, [ApplyReport.Failure(index: 0, error: .refused(error))], line: line)
        try expect(try snapshot().table, before, line: line)
    }

    /// The servers of a service, in the kernel's order.
    func destinations(of key: ServiceKey) throws -> [Destination] {
        try service(key).destinations.map(\.destination)
    }
}
