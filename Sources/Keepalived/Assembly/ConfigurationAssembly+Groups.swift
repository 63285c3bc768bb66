import Addresses
import Configuration
import IPVS

/// The entries of all blocks of a group.
struct ServiceGroup {
    var entries: [ReadValue] = []

    /// Whether there are addresses among them, which have a protocol.
    var hasAddresses: Bool {
        entries.contains { if case .entry(.addresses) = $0.value { true } else { false } }
    }
}

// Groups of addresses and marks, and files that servers are weighed by.
extension ConfigurationAssembly {
    mutating func readGroups() {
        var places: [String: Word] = [:]
        for entry in words.file.all("virtual_server_group") {
            guard let name = entry.text, let block = entry.block else { continue }
            if let first = places[name], !block.entries.isEmpty {
                findings.warning(
                    "the group \(name) is there twice, and has what both say",
                    at: entry.place,
                    note: "The first is in line \(first.place.line), and the only one that keepalived 2.2.7 serves."
                )
            }
            if !block.entries.isEmpty { places[name] = places[name] ?? entry.place }
            groups[name, default: ServiceGroup()].entries += block.entries.flatMap(\.values)
        }
        for entry in words.file.all("virtual_server_group") {
            guard let name = entry.text, groups[name]?.entries.isEmpty == true else { continue }
            findings.warning("the group \(name) has no addresses", at: entry.place)
        }
    }

    mutating func readTrackFiles() {
        for entry in words.file.all("track_file") {
            guard let name = entry.text, let block = entry.block else { continue }
            trackFileNames.insert(name)
            guard let path = block.text("file") else {
                if !block.has("file") {
                    findings.error("the file of \(name) is missing", at: entry.keyword, expected: "file PATH")
                }
                continue
            }
            var file = TrackFile(tracked: TrackedFile(path), order: block.order)
            file.weight.take(block.entry("weight"))
            if let beginning = block.entry("init_file") {
                file.tracked.beginning = TrackedFile.Beginning(
                    value: Int32(clamping: beginning.number ?? 0),
                    overwrites: beginning.values.contains { $0.value == .text("overwrite") }
                )
                if let number = beginning.number, !(-254...254).contains(number) {
                    findings.warning("\(number) is beyond 254, and kept", at: beginning.place)
                }
            }
            if trackFiles[name] != nil {
                findings.warning("the track_file \(name) is there twice, and the last counts", at: entry.place)
            }
            trackFiles[name] = file
        }
    }

    /// The keys of the kernel's services that an identity stands for; nil where it stands for none, which has been told.
    ///
    /// - Parameter markFamily: the family of marks that say none.
    mutating func keys(
        of identity: Value.Identity,
        at place: Word,
        _ transport: TransportProtocol,
        markFamily: AddressFamily
    ) -> [ServiceKey]? {
        switch identity {
        case .endpoint(let address, let port):
            return [.endpoint(transport, Endpoint(address: address, port: port))]
        case .mark(let mark): return [.mark(mark, markFamily)]
        case .group(let name):
            guard let group = groups[name] else {
                findings.error(
                    "there is no group \(name)",
                    at: place,
                    note: "keepalived leaves the service out and says so in its log alone."
                )
                return nil
            }
            guard !group.entries.isEmpty else {
                findings.error("the group \(name) has no addresses", at: place)
                return nil
            }
            return keys(of: group, transport, markFamily: markFamily)
        }
    }

    private mutating func keys(
        of group: ServiceGroup,
        _ transport: TransportProtocol,
        markFamily: AddressFamily
    ) -> [ServiceKey]? {
        var keys: [ServiceKey] = []
        var known: Set<ServiceKey> = []
        for entry in group.entries {
            guard case .entry(let value) = entry.value else { continue }
            switch value {
            case .mark(let mark, let family):
                let key = ServiceKey.mark(mark, family ?? markFamily)
                if known.insert(key).inserted { keys.append(key) }
            case .addresses(let first, let last, let port):
                let count = first.distance(to: last)
                guard count < UInt64(entriesLeft) else {
                    findings.error(
                        "a range of more addresses than can be",
                        at: entry.word,
                        expected: "at most \(Self.mostEntries) entries in a file"
                    )
                    return nil
                }
                entriesLeft -= Int(count) + 1
                for offset in 0...count {
                    let key = ServiceKey.endpoint(
                        transport,
                        Endpoint(address: first.advanced(by: offset), port: port)
                    )
                    if known.insert(key).inserted { keys.append(key) }
                }
            }
        }
        return keys.isEmpty ? nil : keys
    }
}

/// A file that servers are weighed by.
struct TrackFile: Sendable {
    var tracked: TrackedFile
    var weight = FileWeight()
    /// How many blocks began before it.
    let order: Int
}

extension IPAddress {
    /// How many addresses further on another one of the family is, which is not before this; the most that is counted for
    /// more than 64 bits hold.
    fileprivate func distance(to other: IPAddress) -> UInt64 {
        switch (self, other) {
        case (.v4(let first), .v4(let last)): return UInt64(last.value &- first.value)
        case (.v6(let first), .v6(let last)):
            let (low, borrows) = last.low.subtractingReportingOverflow(first.low)
            let high = last.high &- first.high &- (borrows ? 1 : 0)
            return high == 0 ? low : .max
        default: return .max
        }
    }

    /// The address so many further on.
    fileprivate func advanced(by count: UInt64) -> IPAddress {
        switch self {
        case .v4(let address): return .v4(IPv4Address(value: address.value &+ UInt32(truncatingIfNeeded: count)))
        case .v6(let address):
            let (low, overflows) = address.low.addingReportingOverflow(count)
            return .v6(IPv6Address(high: address.high &+ (overflows ? 1 : 0), low: low))
        }
    }
}
