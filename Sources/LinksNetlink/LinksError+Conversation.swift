import Links
import Netlink

extension LinksError {
    /// What came of a question that was not answered.
    init(_ error: ConversationError) {
        switch error {
        case .transport(let error): self = .transport(error.rawValue)
        case .refused(let error): self = .refused(error.rawValue)
        case .malformed(let error): self = .malformed(error.description)
        }
    }
}
