import IPVS
import Texts

extension TextBuffer {
    /// Appends a blank and a number, with blanks after it until it is `width` wide.
    mutating func appendColumn(_ number: UInt32, _ width: Int) {
        append(byte: 0x20)
        append(UInt64(number), leftIn: width)
    }

    /// Appends a counter in nine places: from 100,000,000 on in thousands, millions and so on with a letter, unless all
    /// its digits are wanted.
    mutating func appendCounter(_ number: UInt64, isExact: Bool) {
        if isExact || number < 100_000_000 {
            append(byte: 0x20)
            append(number, rightIn: 8)
            return
        }
        let (unit, letter): (UInt64, String) =
            switch number {
            case ..<1_000_000_000: (1000, "K")
            case ..<100_000_000_000: (1_000_000, "M")
            case ..<100_000_000_000_000: (1_000_000_000, "G")
            default: (1_000_000_000_000, "T")
            }
        append(number / unit, rightIn: 8)
        append(letter)
    }

    /// Appends what the tunnel column says of a server.
    mutating func appendTunnel(of destination: Destination) {
        let tunnel = destination.tunnel
        guard destination.forwarding == .tunnel, [.ipip, .gue, .gre].contains(tunnel.kind) else {
            return append("n/a")
        }
        guard tunnel.kind != .ipip else { return append("ipip") }
        if tunnel.kind == .gue {
            append("gue:")
            append(tunnel.port)
        } else {
            append("gre")
        }
        switch tunnel.checksum {
        case .off: append(":-c")
        case .on: append(":+c")
        case .remote: append(":r+c")
        default: append(":?")
        }
    }
}
