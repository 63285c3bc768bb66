/// Hints on words that have no meaning in the line of a real server.
enum RealLineCounsel {
    /// The hint on a word in the place of the forwarding method; nil where there is none to give.
    static func onForwarding(_ word: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: word.prefix(32), as: UTF8.self)
        let letters = text.drop { $0 == "-" }
        if let guess = WordsOfOthers.forwarding(String(letters)) { return "Is it \(guess)?" }
        return on(word)
            ?? (text.first?.isNumber == true ? "The weight stands behind gate, masq or ipip." : nil)
    }

    /// The hint on a word behind the forwarding method; nil where there is none to give.
    static func on(_ word: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: word.prefix(32), as: UTF8.self).lowercased()
        let name = text.drop { $0 == "-" }.prefix { $0.isLetter }
        if text.first == "'" || text.first == "`" {
            return "\(text.prefix(1)) is no quotation mark; both texts stand in \"…\"."
        }
        if text.first == "\"" {
            return "A request and a pattern stand there, each in quotation marks: \"REQUEST\", \"RECEIVE\"."
        }
        switch name {
        case "weight", "w": return "The weight is a number alone."
        case "u", "x", "uthreshold", "maxconn", "upper": return "The upper threshold is u:N."
        case "l", "y", "lthreshold", "lower": return "The lower threshold is l:N."
        case "port", "checkport", "p": return "The port to check is checkport=N."
        case "gate", "masq", "ipip", "g", "m", "i", "nat", "dr", "tun":
            return "One way of forwarding stands behind the address."
        case "backup", "sorry": return "A server for want of others is a line of its own, fallback=HOST:PORT."
        default: return nil
        }
    }
}
