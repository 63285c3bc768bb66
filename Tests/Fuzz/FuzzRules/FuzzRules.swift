import Addresses
import Diagnostics
import IPVS
import Rules

/// Takes any bytes for a file of rules: every line must end as a command or a diagnostic, and what is printed of a
/// command must read as the same command.
func readAsRules(_ bytes: [UInt8]) -> Int32 {
    let script = RestoreScript(RestoreInput(bytes, name: "fuzz"), names: NoNames())
    _ = script.check().inOrder.map(\.description)
    _ = RestoreTarget(script)
    for step in script {
        guard case .success(.change(let change)) = step.command else { continue }
        var line: [UInt8] = []
        RuleWriter(names: nil).write(change, to: &line)
        let again = RestoreScript(RestoreInput(line, name: "again"), names: NoNames())
        let read = again.map { try? $0.command.get() }
        precondition(read == [.change(change)], String(decoding: line, as: UTF8.self))
    }
    return 0
}

/// A world in which nothing has a name.
private struct NoNames: NameService {
    func address(ofHost name: String) -> IPv4Address? { nil }
    func port(ofService name: String, _ transport: TransportProtocol) -> UInt16? { nil }
    func name(ofHost address: IPAddress) -> String? { nil }
    func name(ofPort port: UInt16, _ transport: TransportProtocol) -> String? { nil }
}
