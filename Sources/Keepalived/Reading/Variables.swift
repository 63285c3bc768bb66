/// The variables of a configuration and those that every configuration has.
struct Variables: Sendable {
    /// A variable that was defined.
    struct Definition: Sendable {
        /// What it stands for, at least one line, which may be empty; further lines replace the end of a line only.
        var lines: [SourceLine]
        /// The place of the definition, with the `$`.
        let place: Place
        /// How many bytes `$` and the name are.
        let length: Int
    }

    private var definitions: [String: Definition] = [:]
    /// The variables that were found to contain themselves, which is told once.
    private var circular: Set<String> = []
    private let given: GivenVariables
    private var random: RandomNumbers

    init(given: GivenVariables) {
        self.given = given
        random = RandomNumbers(seed: given.seed)
    }

    /// The number that random numbers are made of: `random_seed`.
    mutating func seed(_ seed: UInt64) { random = RandomNumbers(seed: seed) }

    /// Defines a variable; the last definition counts.
    mutating func define(_ name: String, _ definition: Definition) { definitions[name] = definition }

    /// The definition of a variable of the configuration.
    func definition(of name: String) -> Definition? { definitions[name] }

    /// Whether it is news that a variable contains itself.
    mutating func noteCircle(_ name: String) -> Bool { circular.insert(name).inserted }

    /// What a variable stands for that every configuration has; nil for others, and where the parameters make no sense.
    ///
    /// - Parameter folder: the folder of the file that it is used in.
    mutating func given(_ name: String, _ parameters: [Substring], folder: String) -> String? {
        switch (name, parameters.count) {
        case ("_PWD", 0): return folder
        case ("_INSTANCE", 0): return given.configurationID
        case ("_HASH", 0): return "#"
        case ("_BANG", 0): return "!"
        case ("_ENV", 1): return given.environment[String(parameters[0])] ?? ""
        case ("_RANDOM", 0...):
            let limits = parameters.prefix(2).map { UInt32($0) }
            guard !limits.contains(nil) else { return nil }
            let least = limits.first.flatMap { $0 } ?? 0
            let most = limits.count > 1 ? limits[1] ?? 0 : max(least, Self.mostRandom)
            return String(random.next(in: min(least, most)...max(least, most)))
        default: return nil
        }
    }

    /// The largest random number where no other is asked for.
    private static let mostRandom: UInt32 = 32767
}

/// What the variables that every configuration has are made of.
struct GivenVariables: Sendable {
    /// `_INSTANCE`: the identity that conditions compare with.
    let configurationID: String
    /// `_ENV`: the variables of the process.
    let environment: [String: String]

    /// The number that random numbers are made of: the same for each reading, so that a reload changes nothing.
    var seed: UInt64 {
        // FNV-1a, whose values are the same in all processes.
        configurationID.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
