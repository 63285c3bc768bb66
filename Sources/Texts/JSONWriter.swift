/// Writes JSON, a member or element to a line, indented by two blanks a level.
///
/// It keeps what is not yet taken from `text` only, so that a listing of any length can be written in pieces.
package struct JSONWriter: Sendable {
    /// What has been written and not yet been taken away.
    package var text = TextBuffer()
    /// For each open object or array, whether it has something in it.
    private var levels: [Bool] = []
    private var followsKey = false

    package init() {}

    /// Writes an object whose members `body` writes.
    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        begin("{")
        body(&self)
        end("}")
    }

    /// Writes an array whose elements `body` writes.
    package mutating func array(_ body: (inout JSONWriter) -> Void) {
        begin("[")
        body(&self)
        end("]")
    }

    /// Opens an object; what follows goes into it until `end`.
    package mutating func beginObject() { begin("{") }

    /// Closes the innermost object.
    package mutating func endObject() { end("}") }

    /// Opens an array; what follows goes into it until `end`.
    package mutating func beginArray() { begin("[") }

    /// Closes the innermost array.
    package mutating func endArray() { end("]") }

    /// Writes the name of a member, whose value comes next.
    package mutating func key(_ name: String) {
        startItem()
        text.bytes.append(quoted: name)
        text.append(": ")
        followsKey = true
    }

    package mutating func string(_ value: String) {
        startItem()
        text.bytes.append(quoted: value)
    }

    /// Writes an integer with all its digits.
    @inlinable
    package mutating func number(_ value: some FixedWidthInteger) {
        startItem()
        text.append(value)
    }

    /// Writes a time as a number of seconds, with as many digits behind the point as it takes, of nine.
    package mutating func seconds(_ time: Duration) {
        startItem()
        text.append(seconds: time)
    }

    package mutating func bool(_ value: Bool) {
        startItem()
        text.append(value ? "true" : "false")
    }

    package mutating func null() {
        startItem()
        text.append("null")
    }

    private mutating func begin(_ bracket: String) {
        startItem()
        text.append(bracket)
        levels.append(false)
    }

    private mutating func end(_ bracket: String) {
        if levels.popLast() == true { breakLine() }
        text.append(bracket)
        if levels.isEmpty { text.append("\n") }
    }

    /// Writes what stands between the item before and the one to come.
    @usableFromInline
    mutating func startItem() {
        guard !followsKey else {
            followsKey = false
            return
        }
        guard let last = levels.indices.last else { return }
        if levels[last] { text.append(",") }
        levels[last] = true
        breakLine()
    }

    private mutating func breakLine() {
        text.append("\n")
        text.appendBlanks(2 * levels.count)
    }
}

extension JSONWriter {
    package mutating func member(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    /// Writes a member whose value is an integer, with all its digits.
    @inlinable
    package mutating func member(_ name: String, _ value: some FixedWidthInteger) {
        key(name)
        number(value)
    }

    package mutating func member(_ name: String, _ value: Bool) {
        key(name)
        bool(value)
    }

    /// Writes a member whose value is null.
    package mutating func nullMember(_ name: String) {
        key(name)
        null()
    }
}
