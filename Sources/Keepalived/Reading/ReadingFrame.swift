/// Where further lines come from, before what is below it in the stack goes on.
enum ReadingFrame: Sendable {
    /// A file, from an offset on.
    case file(FileFrame)
    /// Lines that a variable stands for, from an index on.
    case lines([SourceLine], next: Int)
    /// Lines that a sequence or a list makes.
    indirect case generator(Generator)

    /// A file that is read.
    struct FileFrame: Sendable {
        let file: Int32
        /// What included it.
        let expansion: Int32
        /// The offset of the next line.
        var offset = 0
        /// The number of the line before it.
        var line: Int32 = 0
    }
}
