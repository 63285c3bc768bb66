extension String {
    /// What a server sent, as one line for people: what cannot be printed becomes `?`, and a long text is cut.
    ///
    /// - Parameter limit: The bytes that are shown at most.
    package init(printable bytes: some Collection<UInt8>, atMost limit: Int = 200) {
        if bytes.count <= limit, bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) {
            self.init(decoding: bytes, as: UTF8.self)
            return
        }
        let text = String(decoding: bytes.prefix(limit), as: UTF8.self)
        var shown = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            shown.append(scalar.isPrintable ? scalar : "?")
        }
        self.init(shown)
        if bytes.count > limit { self += "..." }
    }
}

extension Unicode.Scalar {
    fileprivate var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: self != "\u{fffd}"
        }
    }
}
