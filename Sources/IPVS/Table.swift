public import Addresses
import OrderedCollections

/// A table of virtual services and their real servers: what is wanted, or what is there.
///
/// It keeps the order in which things were added, which the kernel's round robin follows, but two tables are equal when
/// they hold the same, whatever the order.
public struct Table: Sendable {
    /// A service with its servers.
    public struct Entry: Sendable {
        /// How the service is set up, with the key that it has in the table.
        public let service: VirtualService
        private var byEndpoint: OrderedDictionary<Endpoint, Destination>

        /// Makes an entry; of servers with the same endpoint the last one counts.
        public init(service: VirtualService, destinations: some Sequence<Destination> = []) {
            self.init(service: service, byEndpoint: [:])
            for destination in destinations { self[destination.endpoint] = destination }
        }

        private init(service: VirtualService, byEndpoint: OrderedDictionary<Endpoint, Destination>) {
            self.service = service
            self.byEndpoint = byEndpoint
        }

        /// The servers in the order in which they were added.
        public var destinations: some RandomAccessCollection<Destination> & Sendable { byEndpoint.values }

        /// The server with that address and port; setting nil removes it.
        public subscript(endpoint: Endpoint) -> Destination? {
            get { byEndpoint[endpoint] }
            _modify { yield &byEndpoint[endpoint] }
        }

        /// Adds a server, unless there is one with that address and port.
        ///
        /// - Returns: whether it was added.
        mutating func add(_ destination: Destination) -> Bool {
            guard byEndpoint.index(forKey: destination.endpoint) == nil else { return false }
            byEndpoint[destination.endpoint] = destination
            return true
        }

        /// The same servers under a service with other values.
        func replacing(service: VirtualService) -> Entry {
            Entry(service: service, byEndpoint: byEndpoint)
        }
    }

    private var byKey: OrderedDictionary<ServiceKey, Entry> = [:]
    /// The connection timeouts; nil says nothing about them, as 0 says nothing about one of them.
    public var timeouts: Timeouts?
    /// The daemons that shall run; nothing is said about a role that is missing here.
    public var daemons: [SyncDaemon.Role: SyncDaemon] = [:]

    /// Makes a table; of entries with the same key the last one counts.
    public init(_ entries: some Sequence<Entry> = []) {
        for entry in entries { byKey[entry.service.key] = entry }
    }

    /// The services in the order in which they were added.
    public var entries: some RandomAccessCollection<Entry> & Sendable { byKey.values }

    /// The service with that key; setting nil removes it with its servers.
    public subscript(key: ServiceKey) -> Entry? {
        get { byKey[key] }
        _modify { yield &byKey[key] }
    }

    /// Lets `body` change an entry in its place; nil when there is none.
    mutating func update<Result>(_ key: ServiceKey, _ body: (inout Entry) -> Result) -> Result? {
        guard let index = byKey.index(forKey: key) else { return nil }
        return body(&byKey.values[index])
    }
}

extension Table.Entry: Equatable {
    /// Whether the services are equal and have equal servers, in whatever order.
    public static func == (left: Table.Entry, right: Table.Entry) -> Bool {
        left.service == right.service && left.destinations.count == right.destinations.count
            && left.destinations.allSatisfy { right[$0.endpoint] == $0 }
    }
}

extension Table: Equatable {
    /// Whether both hold the same services, servers, timeouts and daemons, in whatever order.
    public static func == (left: Table, right: Table) -> Bool {
        left.timeouts == right.timeouts && left.daemons == right.daemons && left.entries.count == right.entries.count
            && left.entries.allSatisfy { right[$0.service.key] == $0 }
    }
}
