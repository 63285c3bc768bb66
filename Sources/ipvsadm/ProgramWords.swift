import Glibc

// Swift 6.3 reads the words of the command line from /proc/self/cmdline: without /proc `ipvsadm -C` would be `ipvsadm`.
// The C library hands them to the functions of the section .init_array, as it hands them to the main function of C.

/// The words with which this program was started.
enum ProgramWords {
    fileprivate typealias Words = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    /// Written once, before the first thread and the main program.
    nonisolated(unsafe) fileprivate static var first: Words?

    /// All of them, the name of the program first.
    static var all: [String] {
        guard var word = first else { return [] }
        var words: [String] = []
        while let bytes = word.pointee {
            words.append(String(cString: bytes))
            word += 1
        }
        return words
    }
}

/// Keeps the words; and without /proc names a folder to the Swift runtime, which in a static program looks for its own
/// in there and would end the program.
///
/// The number makes it earlier than the runtime's own preparations.
@section(".init_array.00200") @used
private let prepare: @convention(c) (Int32, ProgramWords.Words?, ProgramWords.Words?) -> Void = { _, words, _ in
    ProgramWords.first = words
    if access("/proc/self/exe", F_OK) != 0 { setenv("SWIFT_ROOT", "/", 0) }
}
