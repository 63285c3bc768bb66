/// A folder that something in the file needs.
struct NamedFolder: Sendable {
    let path: String
    let place: Place
    /// What is said where it does not exist.
    let complaint: String
    /// What ldirectord says then, and refuses the file; nil where it takes it.
    let refusal: String?

    /// The folder that an absolute path of a file leads to.
    static func folder(ofFile path: String) -> String {
        let end = path.lastIndex(of: "/") ?? path.startIndex
        return end == path.startIndex ? "/" : String(path[..<end])
    }
}
