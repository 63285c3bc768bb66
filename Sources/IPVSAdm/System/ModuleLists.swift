/// Reads the lists of kernel modules that the kernel and depmod write.
package enum ModuleLists {
    /// The names of the modules of `modules.dep` or `modules.builtin`, with `_` for `-`.
    package static func names(inPaths text: String) -> Set<String> {
        var names: Set<String> = []
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let path = line.prefix { $0 != UInt8(ascii: ":") }
            let start = path.lastIndex(of: UInt8(ascii: "/")).map(path.index(after:)) ?? path.startIndex
            let name = path[start...].prefix { $0 != UInt8(ascii: ".") }
            guard name.starts(with: "ip_vs".utf8) else { continue }
            names.insert(String(decoding: name, as: UTF8.self))
        }
        return names
    }

    /// The names of the modules of `/proc/modules`.
    package static func firstWords(of text: String) -> Set<String> {
        Set(text.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) })
    }

    /// The schedulers among modules, sorted.
    package static func schedulers(in modules: Set<String>) -> [String] {
        modules.filter { $0.hasPrefix("ip_vs_") && !$0.hasPrefix("ip_vs_pe_") && $0 != "ip_vs_ftp" }
            .map { String($0.dropFirst("ip_vs_".count)) }
            .sorted()
    }
}
