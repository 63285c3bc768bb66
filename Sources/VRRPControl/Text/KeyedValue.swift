import Texts

/// What a keyed text says: JSON without fractions.
enum KeyedValue: Hashable, Sendable {
    case nothing
    case flag(Bool)
    /// A whole number; those above `Int64.max` are `large`.
    case number(Int64)
    case large(UInt64)
    case text(String)
    case list([KeyedValue])
    case map([String: KeyedValue])

    /// The number, if it is one of that type.
    func integer<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
        switch self {
        case .number(let number): Number(exactly: number)
        case .large(let number): Number(exactly: number)
        case .nothing, .flag, .text, .list, .map: nil
        }
    }

    /// Writes the value behind what is in `bytes`; maps in the order of their keys, so that equal values have equal texts.
    func write(to bytes: inout [UInt8]) {
        switch self {
        case .nothing: bytes += "null".utf8
        case .flag(let flag): bytes += (flag ? "true" : "false").utf8
        case .number(let number): bytes += String(number).utf8
        case .large(let number): bytes += String(number).utf8
        case .text(let text): bytes.append(quoted: text)
        case .list(let values):
            Self.write(values, between: ("[", "]"), to: &bytes) { $0.write(to: &$1) }
        case .map(let values):
            Self.write(values.sorted { $0.key < $1.key }, between: ("{", "}"), to: &bytes) { pair, bytes in
                bytes.append(quoted: pair.key)
                bytes.append(UInt8(ascii: ":"))
                pair.value.write(to: &bytes)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item],
        between brackets: (Unicode.Scalar, Unicode.Scalar),
        to bytes: inout [UInt8],
        _ body: (Item, inout [UInt8]) -> Void
    ) {
        bytes.append(UInt8(ascii: brackets.0))
        for (number, item) in items.enumerated() {
            if number > 0 { bytes.append(UInt8(ascii: ",")) }
            body(item, &bytes)
        }
        bytes.append(UInt8(ascii: brackets.1))
    }
}
