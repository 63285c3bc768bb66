import Dialogues
import Glibc

/// Gives numbers that nobody outside can foretell: of a secret taken once from the kernel, and a count.
///
/// What is made of them, transaction numbers and authenticators, tells answers from other datagrams. It guards no
/// secret.
struct NonceSource {
    private var secret: [UInt64]
    private var count: UInt64 = 0

    init() {
        var generator = SystemRandomNumberGenerator()
        secret = (0..<4).map { _ in generator.next() }
    }

    /// The next one.
    mutating func next() -> DialogueNonce {
        count &+= 1
        return DialogueNonce(high: number(0), low: number(2))
    }

    /// SipHash of the count, keyed by the process and by the secret.
    private func number(_ place: Int) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(secret[place])
        hasher.combine(count)
        hasher.combine(secret[place + 1])
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
