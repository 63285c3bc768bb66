import Glibc
import Links
import System

/// A file of `/proc/sys/net`, for settings that no message sets.
struct SettingFile {
    private let path: String
    private let value: UInt32

    /// The file of a setting.
    ///
    /// A name with a dot in it is one folder here, for it is no path of sysctl(8); nil for a name that leads elsewhere.
    init?(_ setting: InterfaceSetting) {
        let folder = setting.interface ?? "all"
        guard !folder.isEmpty, folder != ".", folder != "..", !folder.utf8.contains(UInt8(ascii: "/")) else {
            return nil
        }
        let file = setting.kind.file
        path = "/proc/sys/net/\(file.family)/conf/\(folder)/\(file.name)"
        value = setting.value
    }

    /// Writes the value.
    ///
    /// - Throws: `SystemFailure` of `open` or `write`; with `ENOENT` where the family is not there at all.
    func write() throws(SystemFailure) {
        let file = try Descriptor(open: path, O_WRONLY)
        let text = Array("\(value)\n".utf8)
        guard Glibc.write(file.number, text, text.count) == text.count else { throw .last("write") }
    }
}
