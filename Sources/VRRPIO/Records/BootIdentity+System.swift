import System
package import VRRP

extension BootIdentity {
    /// The run of this machine; nil where the kernel does not tell.
    package static var current: BootIdentity? {
        SystemFile.text("/proc/sys/kernel/random/boot_id").flatMap { BootIdentity(text: $0) }
    }

    /// The identity that a text of 32 hexadecimal digits says, with dashes between them or not.
    package init?(text: String) {
        let digits = text.filter { $0 != "-" && !$0.isWhitespace }
        guard digits.utf8.count == 32, let high = UInt64(digits.prefix(16), radix: 16),
            let low = UInt64(digits.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }
}
