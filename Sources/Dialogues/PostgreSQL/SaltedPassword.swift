import Digests
import Synchronization

/// A password as a server of SCRAM wants it salted: computed in pieces, and kept for the checks that follow.
struct SaltedPassword: Sendable {
    /// What decides the outcome.
    struct Recipe: Hashable, Sendable {
        let password: [UInt8]
        let salt: [UInt8]
        let iterations: Int
    }

    /// The rounds that are computed in one go: less than a millisecond.
    static let roundsAtOnce = 500

    let recipe: Recipe
    private var computation: PBKDF2SHA256
    private(set) var value: [UInt8]?

    /// Begins the computation, which is over at once where the outcome is known.
    init(_ recipe: Recipe) {
        self.recipe = recipe
        computation = PBKDF2SHA256(password: recipe.password, salt: recipe.salt, iterations: recipe.iterations)
        value = knownPasswords.withLock { $0[recipe] }
    }

    /// Computes the next rounds.
    mutating func advance() {
        guard value == nil else { return }
        value = computation.advance(by: SaltedPassword.roundsAtOnce)
    }

    /// Keeps the outcome, for a server that has proven to know it too.
    ///
    /// Others could name another salt each time.
    func keep() {
        guard let value else { return }
        knownPasswords.withLock { known in
            if known.count >= knownPasswordsAtMost { known.removeAll() }
            known[recipe] = value
        }
    }
}

private let knownPasswords = Mutex<[SaltedPassword.Recipe: [UInt8]]>([:])

/// The number of passwords at which the cache is emptied: far more than a configuration has servers of PostgreSQL.
private let knownPasswordsAtMost = 4096
