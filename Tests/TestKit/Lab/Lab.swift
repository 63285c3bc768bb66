import Glibc
import IPVSNetlink
public import Testing

/// What the machine that runs the tests offers.
public enum Lab {
    /// Why tests cannot use a real IPVS kernel here; nil when they can.
    public static let obstacle: String? = {
        do {
            try Namespace.fresh { _ = try NetlinkKernel() }
            return nil
        } catch {
            return "no IPVS kernel here (\(error)); contrib/lab boots one"
        }
    }()

    /// Whether this is the kernel that contrib/lab boots, whose network a test may rebuild.
    public static var isHere: Bool { getenv("DIRECTRIX_LAB") != nil }

    /// The folder that holds the programs that were built with the tests, or that `DIRECTRIX_PROGRAMS` names.
    public static var programs: String {
        if let folder = getenv("DIRECTRIX_PROGRAMS") { return String(cString: folder) }
        let path = (try? pathOfThisProgram()) ?? ""
        return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }

    private static func pathOfThisProgram() throws -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { throw Namespace.Failure(step: "readlink", number: errno) }
        return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test, saying why, where no IPVS kernel is at hand; in the lab, which is there for nothing else, it fails.
    public static var needsKernel: Self {
        .enabled(if: Lab.isHere || Lab.obstacle == nil, Comment(rawValue: Lab.obstacle ?? ""))
    }

    /// Skips a test, saying why, outside the lab.
    public static var needsLab: Self {
        .enabled(if: Lab.isHere, "it changes more than a namespace of its own; contrib/lab boots a kernel for it")
    }
}
