import Configuration
import Texts

extension JSONWriter {
    /// Writes what `directrix show` tells of a configuration.
    ///
    /// Times are numbers of seconds, yes and no are true and false, lists arrays; what is not set is null.
    mutating func value(_ value: DocumentValue) {
        switch value {
        case .string(let text): string(text)
        case .number(let number): self.number(number)
        case .time(let time): seconds(time)
        case .boolean(let isYes): bool(isYes)
        case .list(let values):
            array { json in
                for value in values { json.value(value) }
            }
        case .object(let members):
            object { json in
                for member in members {
                    json.key(member.name)
                    json.value(member.value)
                }
            }
        case .absent: null()
        }
    }
}
