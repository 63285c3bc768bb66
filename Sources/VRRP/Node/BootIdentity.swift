/// What tells one run of the machine from the next (`/proc/sys/kernel/random/boot_id`), 128 bits.
package struct BootIdentity: Hashable, Codable, Sendable {
    package var high: UInt64
    package var low: UInt64

    /// Makes an identity of its two halves.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}
