import Addresses
import Glibc
import IPVS
import IPVSNetlink
import TestKit
import Testing

/// Debian's ldirectord with our program in the place of its ipvsadm.
@Suite(.needsKernel, .serialized, .waitsInLab)
struct LdirectordTests {
    private static let service = ServiceKey.endpoint(
        .tcp,
        Endpoint(address: .v4(IPv4Address(value: 0x0a09_0064)), port: 80)
    )

    /// The weights of the servers that the kernel has for the service, by the last byte of their addresses.
    private static func weights(_ kernel: NetlinkKernel) throws -> [UInt32: Int64] {
        var weights: [UInt32: Int64] = [:]
        for status in try kernel.snapshot().services where status.service.key == service {
            for server in status.destinations {
                guard case .v4(let address) = server.destination.endpoint.address else { continue }
                weights[address.value & 0xff] = Int64(server.destination.weight)
            }
        }
        return weights
    }

    /// A web server at 127.0.0.NUMBER, port 8080.
    private static func startServer(_ number: UInt32, _ shell: Shell) throws -> StartedProgram {
        let folder = "\(shell.path)/web\(number)"
        let configuration = """
            daemon off; master_process off; pid \(folder)/pid; error_log stderr;
            events { worker_connections 16; }
            http {
                access_log off;
                client_body_temp_path \(folder)/body; proxy_temp_path \(folder)/proxy;
                fastcgi_temp_path \(folder)/fastcgi; uwsgi_temp_path \(folder)/uwsgi; scgi_temp_path \(folder)/scgi;
                server { listen 127.0.0.\(number):8080; location / { return 200 "ready to serve"; } }
            }
            """
        let preparation = try shell.run("mkdir -p \(folder); cat >\(folder)/nginx.conf", input: configuration)
        #expect(preparation == Program(status: 0))
        return try StartedProgram("/usr/sbin/nginx", ["-e", "stderr", "-c", "\(folder)/nginx.conf"])
    }

    private static func startDirector(_ shell: Shell, quiescent: String) throws -> StartedProgram {
        let configuration = """
            checktimeout=3
            checkinterval=1
            supervised=yes
            quiescent=\(quiescent)
            virtual=10.9.0.100:80
                real=127.0.0.11:8080 masq
                real=127.0.0.12:8080 masq
                service=http
                checktype=negotiate
                request="index.html"
                receive="ready"
                scheduler=wlc
                protocol=tcp
            """
        let preparation = try shell.run("cat >ldirectord.cf", input: configuration + "\n")
        #expect(preparation == Program(status: 0))
        let script = """
            mount --bind \(Lab.programs)/ipvsadm /sbin/ipvsadm && cmp /sbin/ipvsadm \(Lab.programs)/ipvsadm || exit 99
            exec /usr/sbin/ldirectord \(shell.path)/ldirectord.cf start
            """
        return try StartedProgram("/usr/bin/unshare", ["--mount", "/bin/bash", "-c", script])
    }

    @Test(arguments: [("yes", [11: 1, 12: 0]), ("no", [11: 1])] as [(String, [UInt32: Int64])])
    func ldirectordBringsServersUpAndDown(quiescent: String, withoutTheSecond: [UInt32: Int64]) throws {
        try Namespace.fresh {
            let shell = try Shell()
            let kernel = try NetlinkKernel()
            func expect(_ wanted: [UInt32: Int64], _ occasion: Comment) throws {
                let inTime = try Deadline.wait(seconds: 60) { try Self.weights(kernel) == wanted }
                #expect(inTime, occasion)
                #expect(try Self.weights(kernel) == wanted, occasion)
            }
            let first = try Self.startServer(11, shell)
            var second = try Self.startServer(12, shell)
            let director = try Self.startDirector(shell, quiescent: quiescent)
            try expect([11: 1, 12: 1], "both serve")
            second.kill()
            try expect(withoutTheSecond, "the second has stopped")
            second = try Self.startServer(12, shell)
            try expect([11: 1, 12: 1], "the second serves again")
            #expect(first.isRunning && director.isRunning)
            director.send(SIGTERM)
            #expect(Deadline.wait(seconds: 30) { !director.isRunning }, "ldirectord has ended")
            director.kill()
            let end = try director.finish()
            #expect(end.status == 0)
            #expect(try kernel.snapshot().services.isEmpty)
            // Supervised, it writes its log here, with the commands that failed.
            let log = end.output + end.errors
            #expect(log.contains("Added real server: 127.0.0.12:8080") && !log.contains("failed:"), "\(log)")
        }
    }
}
