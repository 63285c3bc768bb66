package import System

extension StartFailure {
    /// What went wrong, for people.
    package var message: String {
        switch self {
        case .refused(let number, let text): Sandbox.note(refusal: number).map { "\(text); \($0)" } ?? text
        case .noProcess(let failure), .noMeans(let failure): failure.description
        case .standstill: "it could not be loaded in its time; does its file system answer?"
        case .withdrawn: "it was not wanted any more"
        }
    }
}
