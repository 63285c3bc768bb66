/// A line that is read once for each of several values: `~SEQ(V, 1, 3) …`, `~LST(V, a, b) …`.
struct Generator: Sendable {
    /// The values of the variables, line by line.
    private var values: Values
    /// The names of the variables.
    private let names: [String]
    /// What is read with each value.
    let template: SourceLine
    /// Where the values are written.
    let place: Place

    private enum Values: Sendable {
        case numbers(next: Int64, step: Int64, left: UInt64, isHexadecimal: Bool)
        case list([[SourceLine]], next: Int)
    }

    /// What is wrong with one.
    struct Fault: Error {
        let message: String
        let place: Place
        let length: Int
        var expected: String?
    }

    /// How many lines are still to come.
    var count: UInt64 {
        switch values {
        case .numbers(_, _, let left, _): left
        case .list(let values, let next): UInt64(values.count - next)
        }
    }

    /// The variables with their next values; nil when there are no more.
    mutating func next() -> [(name: String, value: SourceLine)]? {
        switch values {
        case .numbers(let number, let step, let left, let isHexadecimal):
            guard left > 0, let name = names.first else { return nil }
            let (next, _) = number.addingReportingOverflow(step)
            values = .numbers(next: next, step: step, left: left - 1, isHexadecimal: isHexadecimal)
            let text = String(number, radix: isHexadecimal ? 16 : 10)
            return [(name, SourceLine(Array(text.utf8)[...], at: place, width: 1))]
        case .list(let list, let next):
            guard next < list.count else { return nil }
            values = .list(list, next: next + 1)
            let row = list[next]
            return names.enumerated().map { number, name in
                (name, number < row.count ? row[number] : SourceLine([], at: place))
            }
        }
    }

    /// A sequence of numbers.
    ///
    /// - Parameters:
    ///   - arguments: what stands in the brackets, with variables replaced.
    ///   - head: the range of `~SEQ` in the line, for what is said of the whole.
    init(numbers arguments: [SourceLine], isHexadecimal: Bool, template: SourceLine, head: Fault) throws(Fault) {
        guard let name = arguments.first, !name.isEmpty, (2...4).contains(arguments.count) else {
            throw head.saying(
                "a sequence without its numbers",
                "~SEQ(NAME, FIRST, STEP, LAST), (NAME, FIRST, LAST) or (NAME, LAST)"
            )
        }
        var numbers: [Int64] = []
        for argument in arguments.dropFirst() {
            guard let number = Int64(literal: argument.bytes) else {
                throw argument.fault("not a number", in: head)
            }
            guard !isHexadecimal || number >= 0 else {
                throw argument.fault("a hexadecimal sequence has no negative numbers", in: head)
            }
            numbers.append(number)
        }
        let last = numbers[numbers.count - 1]
        let first = numbers.count > 1 ? numbers[0] : last < 0 ? -1 : 1
        let step = numbers.count > 2 ? numbers[1] : last < first ? -1 : 1
        guard step != 0, first == last || (step > 0) == (last > first) else {
            throw arguments[2].fault("a step that does not lead to the last number", in: head)
        }
        let distance = UInt64(bitPattern: last >= first ? last &- first : first &- last)
        let (count, isOver) = (distance / step.magnitude).addingReportingOverflow(1)
        names = [String(decoding: name.bytes, as: UTF8.self)]
        values = .numbers(next: first, step: step, left: isOver ? .max : count, isHexadecimal: isHexadecimal)
        self.template = template
        place = arguments[1].place(at: arguments[1].bytes.startIndex)
    }

    /// A list of values, each for one variable or for several.
    init(list arguments: [SourceLine], template: SourceLine, head: Fault) throws(Fault) {
        guard let first = arguments.first, arguments.count > 1 else {
            throw head.saying("a list without values", "~LST(NAME, VALUE, …) or ~LST({NAME, …}, {VALUE, …}, …)")
        }
        names = first.listed.map { String(decoding: $0.bytes, as: UTF8.self) }
        var rows: [[SourceLine]] = []
        for argument in arguments.dropFirst() {
            let row = argument.listed
            if row.count > names.count { throw argument.fault("more values than names", in: head) }
            for value in row where value.bytes.contains(where: \.isBlank) {
                throw value.fault("a value of a list with a blank in it", in: head)
            }
            rows.append(row)
        }
        values = .list(rows, next: 0)
        self.template = template
        place = first.place(at: first.bytes.startIndex)
    }
}

extension Generator.Fault {
    fileprivate func saying(_ message: String, _ expected: String) -> Self {
        Self(message: message, place: place, length: length, expected: expected)
    }
}

extension SourceLine {
    fileprivate func fault(_ message: String, in head: Generator.Fault) -> Generator.Fault {
        guard !isEmpty else { return Generator.Fault(message: message, place: head.place, length: head.length) }
        return Generator.Fault(message: message, place: place(at: bytes.startIndex), length: bytes.count)
    }

    /// The parts of `{a, b}`, or the line itself where it has no braces.
    fileprivate var listed: [SourceLine] {
        guard bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}"), bytes.count > 1 else { return [self] }
        return self[bytes.startIndex + 1..<bytes.endIndex - 1].separated
    }

    /// The parts between commas that are not in braces.
    var separated: [SourceLine] {
        var parts: [SourceLine] = []
        var start = bytes.startIndex
        var depth = 0
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ",") where depth == 0:
                parts.append(self[start..<index].trimmed)
                start = index + 1
            default: break
            }
        }
        return parts + [self[start..<bytes.endIndex].trimmed]
    }
}

extension Int64 {
    /// A number as C writes it: decimal, `0x…` or `0…`, with a sign where there is one.
    fileprivate init?(literal bytes: ArraySlice<UInt8>) {
        var text = String(decoding: bytes, as: UTF8.self)[...]
        var sign = ""
        if let first = text.first, first == "-" || first == "+" {
            sign = String(first)
            text = text.dropFirst()
        }
        var radix = 10
        if text.hasPrefix("0x") || text.hasPrefix("0X") {
            radix = 16
            text = text.dropFirst(2)
        } else if text.count > 1, text.first == "0" {
            radix = 8
        }
        guard let first = text.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return nil }
        self.init(sign + text, radix: radix)
    }
}
