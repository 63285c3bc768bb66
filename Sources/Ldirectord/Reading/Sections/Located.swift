/// A value, and where it stands, if it does.
struct Located<Value: Sendable>: Sendable {
    let value: Value
    let place: Place?

    init(_ value: Value, at place: Place? = nil) {
        self.value = value
        self.place = place
    }
}
