import Addresses
import Configuration
import Diagnostics
import IPVS
import Ldirectord

/// Takes any bytes for a configuration: there must be a configuration or an error, diagnostics must point into the
/// file, and what is configured must keep the model's promises.
func readAsConfiguration(_ bytes: [UInt8]) -> Int32 {
    let file = LdirectordFile(
        reading: bytes,
        name: "fuzz",
        context: ReadingContext(hostName: "fuzz", isStrictlyCompatible: bytes.count % 8 == 7)
    )
    var answers: [NameQuestion: NameAnswer] = [:]
    for question in file.questions.names { answers[question] = answer(to: question) }
    let reading = file.loaded(
        with: ConfigurationAnswers(names: answers),
        unresolved: bytes.count % 3 == 0 ? .leaveOut : .refuse
    )
    let lines = bytes.count { $0 == 0x0a } + 1
    var hasErrors = false
    for diagnostic in reading.diagnostics {
        hasErrors = hasErrors || diagnostic.severity == .error
        precondition((1...lines).contains(diagnostic.line), diagnostic.description)
        precondition(!diagnostic.message.isEmpty, diagnostic.description)
    }
    precondition(hasErrors == (reading.configuration == nil))
    guard let configuration = reading.configuration else { return 0 }
    let effective = reading.effectiveDirectives
    precondition(effective?.virtuals.count == configuration.virtualServers.count)
    var keys: Set<ServiceKey> = []
    for server in configuration.virtualServers {
        precondition(keys.insert(server.service.key).inserted)
        var endpoints: Set<Endpoint> = []
        for real in server.realServers {
            precondition(endpoints.insert(real.destination(in: server.service).endpoint).inserted)
            precondition(real.weight >= 0)
            for check in real.checks {
                precondition(check.pace.interval >= .milliseconds(10) && check.probe.timeout > .zero)
                precondition(check.failureCount > 0 && check.riseCount > 0)
            }
            precondition(real.lowerThreshold <= real.upperThreshold)
            precondition((1...lines).contains(real.place?.line ?? 0))
        }
    }
    return 0
}

/// A world in which most names are known.
private func answer(to question: NameQuestion) -> NameAnswer {
    switch question {
    case .host(let name, _) where name.hasPrefix("x"): .unresolved("no such host")
    case .host(let name, .ipv4): .address(.v4(IPv4Address(value: 0x0a00_0000 | UInt32(name.utf8.count))))
    case .host(let name, .ipv6): .address(.v6(IPv6Address(high: 0xfd00 << 48, low: UInt64(name.utf8.count))))
    case .service(let name, _): name.hasPrefix("x") ? .unresolved("no such service") : .port(UInt16(name.utf8.count))
    }
}
