import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import Testing

struct StatusTests {
    @Test func theStateReadsWell() {
        let virtual = Shop.virtual {
            $0.name = "Shop"
            $0.realServers.append(Shop.server(3, weight: 1))
            $0.realServers.append(Shop.server(4, weight: 1))
        }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        _ = bench.check(Shop.first, .up, of: virtual, after: .seconds(1))
        _ = bench.check(Shop.second, .down, of: virtual, after: .seconds(1))
        _ = bench.maintain(["10.2.0.3"])
        _ = bench.check(Shop.first, .up, of: virtual, after: .seconds(3))
        #expect(
            bench.director.status.description == """
                starting: 1 virtual servers, 4 real servers, 2 checks without result yet
                virtual server tcp:10.0.0.1:80 [Shop]: 1 of 4 up
                  real server 10.2.0.1:8080: up for 4 s, weight 5 of 5, L7 ok: 200 OK
                  real server 10.2.0.2:8080: down for 3 s, weight 0 of 3, 1 failures, L4 refused
                  real server 10.2.0.3:8080: maintenance for 3 s, weight 0 of 1
                  real server 10.2.0.4:8080: not checked yet for 5 s, weight 0 of 1
                """
        )
    }
}
