import Configuration

/// What the meaning of a configuration depends on beside the answers of the machine.
struct ReadingIdentity: Hashable, Sendable {
    /// The path of the file, as diagnostics have it.
    let path: String
    /// The digest of its bytes; nil for a pipe or a device, which says something else each time.
    let digest: Int?
    /// The language that it is written in.
    let language: Language
    let context: ReadingContext
    /// The files that it includes.
    var inclusions = Inclusions()

    /// What another reading of the same file is, where it finds the same bytes in it and in what it includes; nil where it
    /// does not.
    func again(_ other: ReadingIdentity, _ inclusion: FileReading.Inclusion) -> ReadingIdentity? {
        guard path == other.path, digest != nil, digest == other.digest, language == other.language,
            context == other.context
        else { return nil }
        var other = other
        guard !inclusions.isEmpty else { return other }
        other.inclusions = Inclusions(lookingAgainFor: inclusions, reading: inclusion)
        return inclusions.isWhole && inclusions.hasContents(of: other.inclusions) ? other : nil
    }

    /// The same before what it includes was looked for.
    var anew: ReadingIdentity {
        ReadingIdentity(path: path, digest: digest, language: language, context: context)
    }
}
