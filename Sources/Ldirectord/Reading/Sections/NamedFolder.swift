/// A folder that something in the file needs.
struct NamedFolder: Sendable {
    let path: String
    let place: Place
    /// The message where it does not exist.
    let complaint: String
    /// The error with which ldirectord then refuses the file; nil where it takes the file.
    let refusal: String?

    /// The folder that an absolute path of a file leads to.
    static func folder(ofFile path: String) -> String {
        let end = path.lastIndex(of: "/") ?? path.startIndex
        return end == path.startIndex ? "/" : String(path[..<end])
    }
}
