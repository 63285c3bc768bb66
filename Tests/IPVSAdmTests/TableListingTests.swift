import Addresses
import IPVS
import IPVSAdm
import Rules
import Testing
import Texts

struct TableListingTests {
    @Test(
        arguments: [
            ("standard.txt", Listing.Columns.standard, false), ("statistics.txt", .statistics, false),
            ("statistics-exact.txt", .statistics, true), ("rates.txt", .rates, false),
            ("thresholds.txt", .thresholds, false), ("persistent.txt", .persistentConnections, false),
            ("tunnels.txt", .tunnels, false),
        ] as [(String, Listing.Columns, Bool)]
    )
    func everyStyleGivesTheBytesOfTheOriginal(file: String, columns: Listing.Columns, isExact: Bool) throws {
        var listing = Listing()
        listing.columns = columns
        listing.isExact = isExact
        #expect(Self.text(listing, names: nil) == (try Fixture.listing(file)))
    }

    @Test
    func namesStandWhereTheyAreKnown() throws {
        let text = Self.text(Listing(), names: ExampleNames())
        #expect(text == (try Fixture.listing("standard-names.txt")))
    }

    @Test
    func theKernelsOrderIsKeptOnDemand() throws {
        var listing = Listing()
        listing.isSorted = false
        #expect(Self.text(listing, names: nil) == (try Fixture.listing("nosort.txt")))
    }

    @Test(arguments: [("service.txt", Listing.Columns.standard), ("service-statistics.txt", .statistics)])
    func aSingleServiceGoesWithoutTheTitle(file: String, columns: Listing.Columns) throws {
        var listing = Listing()
        listing.columns = columns
        let table = TableListing(listing, names: EndpointNames(nil))
        var text = TextBuffer()
        table.appendHeading(to: &text)
        table.append(ExampleTable.web, to: &text)
        #expect(text.string == (try Fixture.listing(file)))
    }

    @Test(
        arguments: [
            (0, "        0"), (99_999_999, " 99999999"), (100_000_000, "  100000K"), (100_066_999, "  100066K"),
            (999_999_999, "  999999K"), (1_000_000_000, "    1000M"), (99_999_999_999, "   99999M"),
            (100_000_000_000, "     100G"), (99_999_999_999_999, "   99999G"), (100_000_000_000_000, "     100T"),
            (UInt64.max, "18446744T"),
        ] as [(UInt64, String)]
    )
    func largeCountersAreShortenedAsTheOriginalDoes(counter: UInt64, column: String) {
        #expect(Self.serviceLine(counter, isExact: false).dropFirst(33).prefix(9) == column.suffix(9))
    }

    @Test(
        arguments: [
            (99_999_999, " 99999999"), (100_066_999, " 100066999"), (4_294_967_296, " 4294967296"),
            (UInt64.max, " 18446744073709551615"),
        ] as [(UInt64, String)]
    )
    func exactCountersHaveAllTheirDigitsAndNeverWrap(counter: UInt64, column: String) {
        let line = Self.serviceLine(counter, isExact: true)
        #expect(line == "FWM  4294967295                  \(String(repeating: column, count: 5))")
    }

    @Test
    func onlyTheByteRatesOfServersAreShortened() {
        let rates = ExampleTable.statistics([0, 0, 0, 0, 0], rates: Array(repeating: 123_456_789, count: 5))
        let status = ServiceStatus(
            service: VirtualService(key: .mark(1, .ipv4)),
            statistics: rates,
            destinations: [ExampleTable.server("10.0.0.1", 1, .masquerade, rates)]
        )
        var listing = Listing()
        listing.columns = .rates
        #expect(
            Self.lines(status, listing) == [
                "FWM  1                             123456K  123456K  123456K  123456K  123456K",
                "  -> 10.0.0.1:1                   123456789 123456789 123456789  123456K  123456K",
            ]
        )
    }

    @Test(arguments: [Listing.Columns.statistics, .rates])
    func theCountersOfServersNeverWrap(columns: Listing.Columns) {
        let large = Array(repeating: UInt64(4_294_967_297), count: 5)
        let status = ServiceStatus(
            service: VirtualService(key: .mark(1, .ipv4)),
            statistics: ExampleTable.statistics([0, 0, 0, 0, 0]),
            destinations: [
                ExampleTable.server("10.0.0.1", 1, .masquerade, ExampleTable.statistics(large, rates: large))
            ]
        )
        var listing = Listing()
        listing.columns = columns
        listing.isExact = true
        let line = Self.lines(status, listing).last
        #expect(line == "  -> 10.0.0.1:1                  " + String(repeating: " 4294967297", count: 5))
    }

    @Test
    func longNamesAreCutForIPv4AndPushTheColumnsForIPv6() {
        let host = String(repeating: "h", count: 70)
        let names = ExampleNames(hosts: ["10.0.0.1": host, "2001:db8::1": host])
        let v4 = ServiceStatus(
            service: VirtualService(key: ExampleTable.key(.tcp, "10.0.0.1", 80), scheduler: "rr"),
            destinations: [ExampleTable.server("10.0.0.1", 80, .masquerade)]
        )
        let v6 = ServiceStatus(
            service: VirtualService(key: ExampleTable.key(.tcp, "2001:db8::1", 80), scheduler: "rr"),
            destinations: [ExampleTable.server("2001:db8::1", 80, .masquerade)]
        )
        #expect(
            Self.lines(v4, Listing(), names) == [
                "TCP  \(host.prefix(28)) rr", "  -> \(host.prefix(28)) Masq    1      0          0         ",
            ]
        )
        #expect(
            Self.lines(v6, Listing(), names) == [
                "TCP  [\(host.prefix(58)) rr", "  -> [\(host.prefix(58)) Masq    1      0          0         ",
            ]
        )
    }

    @Test
    func valuesThatIPVSDoesNotKnowAreShownWithoutCrashing() {
        let status = ServiceStatus(
            service: VirtualService(key: ExampleTable.key(TransportProtocol(rawValue: 50), "10.0.0.1", 80)),
            destinations: [
                ExampleTable.server("10.0.0.1", 1, .bypass, weight: -1),
                ExampleTable.server("10.0.0.2", 1, ForwardingMethod(rawValue: 7)),
                ExampleTable.server(
                    "10.0.0.3",
                    1,
                    .tunnel,
                    tunnel: Tunnel(kind: .gre, checksum: Tunnel.Checksum(rawValue: 9))
                ),
                ExampleTable.server("10.0.0.4", 1, .tunnel, tunnel: Tunnel(kind: Tunnel.Kind(rawValue: 9))),
            ]
        )
        var listing = Listing()
        listing.columns = .tunnels
        #expect(
            Self.lines(status, listing) == [
                "?    10.0.0.1:80 wlc",
                "  -> 10.0.0.1:1                   Bypass  n/a           -1     0          0         ",
                "  -> 10.0.0.2:1                   Unknown n/a           1      0          0         ",
                "  -> 10.0.0.3:1                   Tunnel  gre:?         1      0          0         ",
                "  -> 10.0.0.4:1                   Tunnel  n/a           1      0          0         ",
            ]
        )
    }

    /// Without names most lines are made in one go; with a name service that knows none, piece by piece.
    @Test(arguments: [0, 1, 99_999, 100_000, 999_999, 1_000_000, .max, -1, .min] as [Int32])
    func linesThatAreMadeInOneGoAreAsOthers(weight: Int32) {
        let counts: [UInt32] = [0, 1, 9, 10, 99, 100, 999, 1000, 12_345_678, 999_999_999, 1_000_000_000, .max]
        let methods: [ForwardingMethod] = [
            .masquerade, .local, .tunnel, .directRoute, .bypass, ForwardingMethod(rawValue: 9),
        ]
        let status = ServiceStatus(
            service: VirtualService(key: .mark(1, .ipv4)),
            destinations: counts.enumerated().map { index, count in
                ExampleTable.server(
                    ["0.0.0.0", "9.10.99.100", "255.255.255.255"][index % 3],
                    [0, 9, 65535][index % 3],
                    methods[index % methods.count],
                    weight: weight,
                    active: count,
                    inactive: counts[counts.count - 1 - index]
                )
            }
        )
        #expect(Self.lines(status, Listing()) == Self.lines(status, Listing(), ExampleNames()))
    }

    @Test
    func everyNameIsLookedUpOnce() {
        let names = ExampleNames()
        _ = Self.text(Listing(), names: CachedNames(names))
        let addresses = Set(
            ExampleTable.snapshot.services.flatMap { status -> [IPAddress] in
                let servers = status.destinations.map(\.destination.endpoint.address)
                guard case .endpoint(_, let endpoint) = status.service.key else { return servers }
                return servers + [endpoint.address]
            }
        )
        #expect(names.hostLookups == addresses.count)
    }

    private static func serviceLine(_ counter: UInt64, isExact: Bool) -> String {
        var listing = Listing()
        listing.columns = .statistics
        listing.isExact = isExact
        let status = ServiceStatus(
            service: VirtualService(key: .mark(.max, .ipv4)),
            statistics: ExampleTable.statistics(Array(repeating: counter, count: 5))
        )
        return lines(status, listing)[0]
    }

    private static func lines(
        _ status: ServiceStatus,
        _ listing: Listing,
        _ names: (any NameService)? = nil
    ) -> [String] {
        var text = TextBuffer()
        TableListing(listing, names: EndpointNames(names)).append(status, to: &text)
        return text.string.split(separator: "\n").map(String.init)
    }

    private static func text(_ listing: Listing, names: (any NameService)?) -> String {
        let table = TableListing(listing, names: EndpointNames(names))
        var text = TextBuffer()
        table.appendTitle(ExampleTable.information, to: &text)
        table.appendHeading(to: &text)
        let services = ExampleTable.snapshot.services
        for status in listing.isSorted ? services.sorted(by: { $0.service.key < $1.service.key }) : services {
            table.append(status, to: &text)
        }
        return text.string
    }
}

extension TextBuffer {
    var string: String { String(decoding: bytes, as: UTF8.self) }
}
