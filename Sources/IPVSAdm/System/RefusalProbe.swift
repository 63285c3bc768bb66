import Console
import Glibc
import System

/// Reads from the running kernel, its modules and this process what explanations of a refusal need; it decides nothing.
enum RefusalProbe {
    static func look(modules: [String]) -> RefusalContext {
        var context = RefusalContext()
        context.kernelRelease = kernelRelease
        let tree = "/lib/modules/\(context.kernelRelease)"
        let installed = text(of: "\(tree)/modules.dep")
        context.hasModuleList = installed != nil
        let onDisk = ModuleLists.names(inPaths: installed ?? "")
        let present = ModuleLists.names(inPaths: text(of: "\(tree)/modules.builtin") ?? "")
            .union(ModuleLists.firstWords(of: text(of: "/proc/modules") ?? ""))
        for module in modules + ["ip_vs"] {
            context.modules[module] =
                present.contains(module) ? .present : onDisk.contains(module) ? .installed : .missing
        }
        context.schedulers = ModuleLists.schedulers(in: present.union(onDisk))
        context.hasIPv6 = hasIPv6
        context.isLoopbackUp = isLoopbackUp
        context.hasNetworkCapability = hasNetworkCapability
        return context
    }

    private static var kernelRelease: String {
        var system = utsname()
        guard uname(&system) == 0 else { return "?" }
        return withUnsafeBytes(of: &system.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    private static var hasIPv6: Bool {
        let descriptor = socket(AF_INET6, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return errno != EAFNOSUPPORT }
        close(descriptor)
        return true
    }

    /// The flag `IFF_UP` of `lo`, asked for by socket because `/sys` shows the namespace it was mounted in.
    private static var isLoopbackUp: Bool? {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // struct ifreq: the name in the first 16 bytes, the flags after it.
        var request = [UInt8](repeating: 0, count: 40)
        request.replaceSubrange(0..<2, with: "lo".utf8)
        guard ioctl(descriptor, UInt(SIOCGIFFLAGS), &request) == 0 else { return nil }
        let flags = request.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 16, as: UInt16.self) }
        return Int(flags) & IFF_UP != 0
    }

    /// Bit 12 of the effective capabilities.
    private static var hasNetworkCapability: Bool {
        guard let status = text(of: "/proc/self/status") else { return geteuid() == 0 }
        for line in status.split(separator: "\n") where line.hasPrefix("CapEff:") {
            let digits = line.dropFirst(7).drop { $0 == "\t" || $0 == " " }
            return UInt64(digits, radix: 16).map { $0 & 1 << 12 != 0 } ?? false
        }
        return geteuid() == 0
    }

    private static func text(of path: String) -> String? { SystemFile.text(path, limit: 16 << 20) }
}
