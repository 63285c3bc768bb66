/// What brings text to another place than the one where it is written.
struct Expansion: Hashable, Sendable {
    enum Cause: Hashable, Sendable {
        /// A file is included.
        case include
        /// A variable of that name is used.
        case variable(String)
        /// A sequence or a list gives a value to the variable of that name.
        case generator(String)
    }

    let cause: Cause
    /// Where that is written.
    let place: Place
    /// How many bytes of the line are that.
    let length: Int32
    /// How many expansions this one is within, itself counted.
    let depth: Int32

    /// What is said about the place.
    var text: String {
        switch cause {
        case .include: "included here"
        case .variable(let name): "$\(name) is used here"
        case .generator(let name): "$\(name) has its value from here"
        }
    }
}
