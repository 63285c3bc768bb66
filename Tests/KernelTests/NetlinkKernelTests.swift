import IPVS
import IPVSNetlink
import TestKit
import Testing

@Suite(.needsKernel, .serialized, .waitsInLab)
struct NetlinkKernelTests {
    @Test(arguments: Promise.all)
    func keeps(promise: Promise) throws {
        try Namespace.fresh { try promise.keep(try NetlinkKernel()) }
    }

    @Test func readsTheConnectionsOfItsNamespaceFromAnyThread() throws {
        let rule = "-A -t 127.0.0.1:80 -s rr\n-a -t 127.0.0.1:80 -r 127.0.0.2:80 -m -w 1\n"
        // A request that goes through IPVS and finds nobody leaves a connection behind.
        let kernel = try Namespace.fresh {
            let shell = try Shell()
            #expect(try shell.run("ipvsadm -R", input: rule) == Program(status: 0))
            _ = try shell.run("exec 3<>/dev/tcp/127.0.0.1/80")
            return try NetlinkKernel()
        }
        func count() throws -> Int {
            var count = 0
            try kernel.forEachConnection { _ in
                count += 1
                return true
            }
            return count
        }
        // The thread that made it has ended.
        #expect(try count() == 1)
        #expect(try Namespace.fresh(count) == 1)
        let other = try Namespace.fresh { try NetlinkKernel() }
        try other.forEachConnection { connection in
            Issue.record("\(connection) is of another namespace")
            return true
        }
    }
}
