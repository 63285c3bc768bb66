import CLinux
import Glibc

/// The names by which others find this process: `ps -C NAME`, `killall NAME`, or a command line that has `bin/NAME`.
package enum ProcessName {
    /// Gives the process a name of at most 15 bytes, whatever its program is called: `PR_SET_NAME`.
    package static func take(_ name: String) {
        _ = clinux_set_name(name)
    }

    /// Starts this program anew with its path for the first of these words, if that is no path but the name in it.
    ///
    /// It returns when there is no need for it, or no way: a program that is called by another name than its file has is
    /// the one of that name, and would no longer be it.
    package static func runAgainByPath(_ words: [String]) {
        guard let first = words.first, !first.contains("/"),
            let executed = UnsafePointer<CChar>(bitPattern: getauxval(UInt(AT_EXECFN)))
        else { return }
        let path = Machine.absolutePath(String(cString: executed))
        guard path.hasSuffix("/\(first)") else { return }
        _ = ProgramReplacement.run(path, [path] + words.dropFirst())
    }
}
