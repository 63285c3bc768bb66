import IPVS

extension IPVSKernel {
    /// The text of every service, in the order of the keys or the kernel's.
    ///
    /// - Throws: the kernel's error.
    func texts(
        isSorted: Bool,
        write: (ServiceStatus, inout TextBuffer) -> Void
    ) throws(IPVSError) -> [TextBuffer] {
        var rows = try snapshot { status in
            var text = TextBuffer()
            text.reserve(Self.typicalLine * (status.destinations.count + 1))
            write(status, &text)
            return (key: status.service.key, text: text)
        }
        if isSorted { rows.sort { $0.key < $1.key } }
        return rows.map(\.text)
    }

    private static var typicalLine: Int { 72 }
}
