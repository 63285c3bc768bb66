import Addresses
import IPVS

/// The entries of a group, with addresses that follow each other as ranges.
struct GroupEntries {
    private(set) var statements: [WrittenStatement] = []

    /// A range ends where the last part of its addresses does: keepalived never comes to an end with others.
    init(_ keys: [ServiceKey]) {
        var range: (first: Endpoint, last: Endpoint)?
        for key in keys {
            switch key {
            case .mark(let mark, let family):
                if let range { append(range.first, range.last) }
                range = nil
                let word = family == .ipv6 ? "inet6" : "inet"
                statements.append(WrittenStatement("fwmark", .number(Int64(mark)), .word(word)))
            case .endpoint(_, let endpoint):
                if let known = range, endpoint.port == known.last.port, endpoint.address.follows(known.last.address) {
                    range = (known.first, endpoint)
                } else {
                    if let range { append(range.first, range.last) }
                    range = (endpoint, endpoint)
                }
            }
        }
        if let range { append(range.first, range.last) }
    }

    private mutating func append(_ first: Endpoint, _ last: Endpoint) {
        var text = "\(first.address)"
        if first.address != last.address {
            switch last.address {
            case .v4(let address): text += "-\(address.value & 0xff)"
            case .v6(let address): text += "-\(String(address.low & 0xffff, radix: 16))"
            }
        }
        statements.append(WrittenStatement(text, .number(Int64(first.port))))
    }
}

extension IPAddress {
    /// Whether this is the next address after another one, with nothing but the last part other.
    fileprivate func follows(_ other: IPAddress) -> Bool {
        switch (other, self) {
        case (.v4(let first), .v4(let second)):
            return first.value & 0xff != 0xff && second.value == first.value + 1
        case (.v6(let first), .v6(let second)):
            return first.high == second.high && first.low & 0xffff != 0xffff && second.low == first.low + 1
        default: return false
        }
    }
}
