/// The bytes that a text describes: in each line hexadecimal digits and quoted characters, then a `;` and a word on them.
func octets(_ script: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in script.split(separator: "\n") {
        var rest = Substring(line)
        while let first = rest.first, first != ";" {
            switch first {
            case " ": rest.removeFirst()
            case "\"":
                rest.removeFirst()
                let text = rest.prefix { $0 != "\"" }
                bytes += Array(text.utf8)
                rest = rest.dropFirst(text.count + 1)
            default:
                guard let byte = UInt8(rest.prefix(2), radix: 16) else {
                    preconditionFailure("no hexadecimal digits: \(line)")
                }
                bytes.append(byte)
                rest = rest.dropFirst(2)
            }
        }
    }
    return bytes
}

func octets(of text: String) -> [UInt8] {
    Array(text.utf8)
}
