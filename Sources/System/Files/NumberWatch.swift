import Time

/// Tells the number that a file begins with, at once and whenever it is another one.
package final class NumberWatch {
    /// The least time between two looks, whatever happens in the folders.
    private static let spacing = Duration.milliseconds(50)
    /// The time between two looks when nothing tells of a change.
    private static let period = Duration.seconds(10)

    private let loop: EventLoop
    private let path: String
    private let onNumber: (Int32) -> Void
    private var looks: PacedLooks?
    /// What is written into the file before the first look.
    private var beginning: (number: Int32, overwrites: Bool)?
    /// The number that was told last; nil before the first one.
    package private(set) var number: Int32?

    /// Watches a file.
    ///
    /// - Parameters:
    ///   - beginning: what is written into it before, and whether over a file that is there; nil for nothing.
    ///   - onNumber: called in turns of the loop after this.
    package init(
        on loop: EventLoop,
        path: String,
        beginning: (number: Int32, overwrites: Bool)? = nil,
        _ onNumber: @escaping (Int32) -> Void
    ) {
        self.loop = loop
        self.path = path
        self.beginning = beginning
        self.onNumber = onNumber
        looks = PacedLooks(on: loop, spacing: Self.spacing) { [weak self] in self?.look() }
    }

    private func look() {
        let (path, beginning, notices) = (path, beginning, looks?.notices)
        self.beginning = nil
        Background.begin(on: loop) {
            if let beginning { try? FileNumber.write(beginning.number, to: path, overwrites: beginning.overwrites) }
            // A link may lead elsewhere now.
            notices?.watch(LinkTrail.folders(to: path))
            return FileNumber(of: path)
        } then: { [weak self] in
            self?.looked($0 ?? .unknown)
        }
    }

    private func looked(_ found: FileNumber) {
        looks?.ended()
        looks?.atTheLatest(after: found == .beingWritten ? Self.spacing : Self.period)
        switch found {
        case .number(let found): tell(found)
        // The number that it had counts on, and one has to be there.
        case .outOfRange: tell(number ?? 0)
        case .beingWritten, .unknown: break
        }
    }

    private func tell(_ found: Int32) {
        guard found != number else { return }
        number = found
        onNumber(found)
    }
}
