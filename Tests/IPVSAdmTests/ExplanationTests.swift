import Addresses
import IPVS
import IPVSAdm
import Testing

struct ExplanationTests {
    struct Case: CustomTestStringConvertible {
        let change: Change
        let error: KernelError
        var context = RefusalContext()
        let expected: String?

        var testDescription: String { expected ?? "nothing to say" }
    }

    private static let web = ExampleTable.key(.tcp, "10.0.0.1", 80)

    private static func around(_ body: (inout RefusalContext) -> Void) -> RefusalContext {
        var context = RefusalContext()
        context.kernelRelease = "6.1.0"
        context.isLoopbackUp = true
        body(&context)
        return context
    }

    private static func adding(
        _ address: String,
        _ forwarding: ForwardingMethod = .masquerade,
        _ thresholds: (UInt32, UInt32) = (0, 0),
        tunnel: Tunnel = .ipip
    ) -> Change {
        .addDestination(
            ExampleTable.server(address, 80, forwarding, thresholds: thresholds, tunnel: tunnel).destination,
            to: web
        )
    }

    static let services = [
        Case(
            change: .addService(VirtualService(key: web, scheduler: "fast")),
            error: .noSuchEntry,
            context: around {
                $0.modules = ["ip_vs_fast": .missing]
                $0.schedulers = ["rr", "wrr"]
            },
            expected:
                "Kernel 6.1.0 has no scheduler fast: no module ip_vs_fast; schedulers that it has: rr wrr."
        ),
        Case(
            change: .addService(VirtualService(key: web, scheduler: "mh")),
            error: .noSuchEntry,
            context: around { $0.modules = ["ip_vs_mh": .installed] },
            expected: "The module ip_vs_mh is installed but was not loaded: run modprobe ip_vs_mh as root."
        ),
        Case(
            change: .editService(VirtualService(key: web, scheduler: "rr", persistenceEngine: "quic")),
            error: .noSuchEntry,
            context: around { $0.modules = ["ip_vs_rr": .present, "ip_vs_pe_quic": .missing] },
            expected: "Kernel 6.1.0 has no persistence engine quic: no module ip_vs_pe_quic."
        ),
        Case(
            change: .addService(VirtualService(key: .mark(1, .ipv6))),
            error: .familyNotSupported,
            context: around { $0.hasIPv6 = false },
            expected: "IPv6 is off in this kernel; it must be booted without ipv6.disable=1."
        ),
        Case(
            change: .addService(VirtualService(key: web)),
            error: .exists,
            expected: "Change it with -E, or remove it first with -D."
        ),
        Case(
            change: .flush,
            error: .notPermitted,
            context: around { $0.hasNetworkCapability = false },
            expected: "This needs the capability CAP_NET_ADMIN: run it as root, or give it to the container."
        ),
        Case(change: .flush, error: .outOfMemory, expected: nil),
        Case(
            change: .flush,
            error: .notSupported,
            context: around { _ in },
            expected: "The IPVS of kernel 6.1.0 does not know this request; a newer kernel may."
        ),
        Case(
            change: .startDaemon(SyncDaemon(role: .master, interface: "eth7")),
            error: .noSuchDevice,
            expected: "There is no interface eth7 in this network namespace."
        ),
        Case(
            change: .startDaemon(SyncDaemon(role: .master, interface: "lo")),
            error: .invalid,
            context: around { $0.mixesFamilies = true },
            expected: "A server of another family than its service's is in the table, which the daemons cannot carry."
        ),
    ]

    static let servers = [
        Case(
            change: adding("224.0.0.1"),
            error: .invalid,
            expected: "224.0.0.1 is a multicast address; a real server needs a unicast address."
        ),
        Case(
            change: adding("fe80::1"),
            error: .invalid,
            expected: "fe80::1 is a link-local address; a real server needs a unicast address."
        ),
        Case(
            change: adding("2001:db8::1"),
            error: .invalid,
            expected: "A server of another family than its service's is reached by tunnel only: -i."
        ),
        Case(
            change: adding("2001:db8::1", .tunnel),
            error: .invalid,
            context: around { $0.runsDaemon = true },
            expected: "No server of another family than its service's while a sync daemon runs: --stop-daemon first."
        ),
        Case(
            change: adding("10.1.0.1", .tunnel, tunnel: Tunnel(kind: .gue)),
            error: .invalid,
            expected: "gue needs the UDP port of the server: --tun-port."
        ),
        Case(
            change: adding("10.1.0.1"),
            error: .invalid,
            context: around { $0.isLoopbackUp = false },
            expected: "The loopback interface of this network namespace is down: run ip link set lo up."
        ),
        Case(change: adding("10.1.0.1"), error: .invalid, expected: nil),
        Case(
            change: adding("10.1.0.1", .masquerade, (5, 9)),
            error: .outOfRange,
            expected: "The lower threshold (-y 9) is above the upper one (-x 5)."
        ),
        Case(
            change: adding("10.1.0.1", .masquerade, (0, 9)),
            error: .outOfRange,
            expected: "A lower threshold (-y 9) needs an upper one (-x)."
        ),
        Case(change: adding("10.1.0.1"), error: .noSuchService, expected: "Add the service first with -A."),
        Case(
            change: adding("10.1.0.1"),
            error: .exists,
            expected: "Change it with -e, or remove it first with -d."
        ),
    ]

    @Test(arguments: services + servers)
    func aRefusalIsExplained(example: Case) {
        let text = Explanation.text(for: example.change, .refused(example.error), example.context)
        #expect(text == example.expected)
    }

    @Test(
        arguments: [
            (.present, true, "The module ip_vs is loaded, but does not serve this network namespace."),
            (.installed, true, "The module ip_vs is installed and not loaded: run modprobe ip_vs as root."),
            (.missing, true, "Kernel 6.1.0 has no module ip_vs in /lib/modules/6.1.0: install it or another kernel."),
            (
                .missing, false,
                "/lib/modules/6.1.0 is not here; inside a container load ip_vs on the host: modprobe ip_vs."
            ),
        ] as [(RefusalContext.Module, Bool, String)]
    )
    func aKernelWithoutIPVSIsExplained(module: RefusalContext.Module, hasModuleList: Bool, expected: String) {
        let context = Self.around {
            $0.modules = ["ip_vs": module]
            $0.hasModuleList = hasModuleList
        }
        #expect(Explanation.general(.unavailable, context) == expected)
    }

    @Test
    func moduleListsAreReadAsDepmodWritesThem() {
        let names = ModuleLists.names(
            inPaths: """
                kernel/net/netfilter/ipvs/ip_vs.ko.xz: kernel/lib/libcrc32c.ko.xz
                kernel/net/netfilter/ipvs/ip_vs_rr.ko: kernel/net/netfilter/ipvs/ip_vs.ko
                kernel/net/netfilter/ipvs/ip_vs_pe_sip.ko:
                kernel/drivers/other.ko:
                """
        )
        #expect(names == ["ip_vs", "ip_vs_rr", "ip_vs_pe_sip"])
        #expect(ModuleLists.schedulers(in: names.union(["ip_vs_ftp", "ip_vs_dh"])) == ["dh", "rr"])
        #expect(ModuleLists.firstWords(of: "ip_vs 200704 2 ip_vs_rr, Live 0x0\nx 1 0 - Live\n") == ["ip_vs", "x"])
    }
}
