import Addresses
import IPVS
import Netlink
import TestKit
import Testing

@testable import IPVSNetlink

struct RecordedReplyTests {
    private func kernel(_ name: String) throws -> NetlinkKernel {
        let recording = try Recording(name)
        return NetlinkKernel(channel: ReplayChannel(family: recording.family, datagrams: recording.datagrams))
    }

    @Test func information() throws {
        let information = try kernel("information").information()
        #expect(information == KernelInformation(packedVersion: 0x010201, connectionTableSize: 4096))
    }

    @Test func timeouts() throws {
        #expect(try kernel("timeouts").timeouts() == Timeouts(tcp: 900, tcpFin: 60, udp: 30))
    }

    @Test func services() throws {
        var found: [VirtualService] = []
        try kernel("services").ask(4, dumps: true) { range, bytes throws(DecodingError) in
            found.append(try ReplyDecoder.service(in: range, of: bytes).service)
        }
        let expected: Set = [
            VirtualService(
                key: Example.web,
                scheduler: "wrr",
                persistence: Persistence(timeout: 300, netmask: .ipv4(IPv4Address(value: 0xffff_ff00)))
            ),
            VirtualService(
                key: .endpoint(.udp, Example.endpoint("10.0.0.1", 5060)),
                scheduler: "sh",
                schedulerFlags: [.first, .second],
                persistence: Persistence(timeout: 60, netmask: .host(.ipv4)),
                persistenceEngine: "sip",
                isOnePacket: true
            ),
            VirtualService(
                key: .endpoint(.tcp, Example.endpoint("2001:db8::1", 443)),
                scheduler: "mh",
                schedulerFlags: .second,
                persistence: Persistence(timeout: 360, netmask: .ipv6(prefixLength: 64))
            ),
            VirtualService(key: .endpoint(.sctp, Example.endpoint("10.0.0.2", 99)), scheduler: "lblc"),
            VirtualService(key: .mark(.max, .ipv6), scheduler: "rr"),
            VirtualService(key: .mark(7, .ipv4), scheduler: "nq"),
        ]
        #expect(found.count == expected.count)
        #expect(Set(found) == expected)
    }

    @Test func destinations() throws {
        var found: [Destination] = []
        try kernel("destinations").ask(8, dumps: true) { range, bytes throws(DecodingError) in
            found.append(try ReplyDecoder.destination(in: range, of: bytes, serviceFamily: .ipv4).destination)
        }
        #expect(
            found == [
                Destination(
                    endpoint: Example.endpoint("2001:db8::2", 80),
                    forwarding: .tunnel,
                    tunnel: Tunnel(kind: .gre, checksum: .on)
                ),
                Destination(
                    endpoint: Example.endpoint("10.2.0.2", 80),
                    forwarding: .tunnel,
                    weight: 0,
                    tunnel: Tunnel(kind: .gue, port: 5555, checksum: .remote)
                ),
                Destination(
                    endpoint: Example.endpoint("10.2.0.1", 8080),
                    forwarding: .masquerade,
                    weight: 3,
                    upperThreshold: 100,
                    lowerThreshold: 50
                ),
            ]
        )
    }

    @Test func daemons() throws {
        #expect(
            try kernel("daemons").daemons() == [
                SyncDaemon(
                    role: .master,
                    interface: "lo",
                    syncID: 7,
                    maximumLength: 1472,
                    group: IPAddress("224.0.0.81"),
                    port: 8848,
                    timeToLive: 1
                ),
                SyncDaemon(
                    role: .backup,
                    interface: "lo",
                    maximumLength: 65487,
                    group: IPAddress("ff02::51"),
                    port: 9999,
                    timeToLive: 1
                ),
            ]
        )
    }

    @Test func aMissingServiceIsRefused() throws {
        #expect(throws: IPVSError.refused(.noSuchService)) { try kernel("service-missing").service(Example.mark) }
    }
}
