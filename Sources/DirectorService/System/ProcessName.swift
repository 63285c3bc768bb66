import CLinux
import Glibc

/// The names by which others find a director among the processes, which are those of old: `ps -C ldirectord`,
/// `killall ldirectord`, or a command line that has `bin/ldirectord`.
package enum ProcessName {
    /// Gives the process the name `ldirectord`, whatever its program is called.
    static func take() {
        _ = clinux_set_name("ldirectord")
    }

    /// Starts this program anew with its path for the first of these words, if that is no path but the name in it.
    ///
    /// It returns when there is no need for it, or no way: a program that is called by another name than its file has is
    /// the one of that name, and would no longer be it.
    package static func runAgainByPath(_ words: [String]) {
        guard let first = words.first, !first.contains("/"),
            let executed = UnsafePointer<CChar>(bitPattern: getauxval(UInt(AT_EXECFN)))
        else { return }
        let path = Host.absolutePath(String(cString: executed))
        guard path.hasSuffix("/\(first)") else { return }
        var pointers = ([path] + words.dropFirst()).map { strdup($0) }
        pointers.append(nil)
        execv(path, pointers)
        for pointer in pointers { free(pointer) }
    }
}
