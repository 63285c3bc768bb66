extension String {
    /// A host's name without the port behind it.
    var withoutPort: String {
        guard let colon = lastIndex(of: ":"), firstIndex(of: ":") == colon else { return self }
        return String(self[..<colon])
    }
}
