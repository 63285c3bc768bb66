import Addresses
import Console
import IPVS
import Rules
import Texts

/// `-S`: the table as rules.
struct SaveCommand {
    /// Where names come from; nil for numbers.
    let names: (any NameService)?
    let kernel: any IPVSKernel
    let console: ProgramOutput
    /// Whether timeouts and daemons are written too.
    var hasSettings = false

    func run() throws(IPVSError) {
        let writer = RuleWriter(names: names)
        let append: (ServiceStatus, inout TextBuffer) -> Void = { status, text in
            text.withBytes { writer.write(status, order: status.order(isSorted: true), to: &$0) }
        }
        let looksUpNames = names != nil
        let table = try TableText(of: kernel, isSorted: true, statistics: false, looksUpNames: looksUpNames, append)
        let settings = try hasSettings ? readSettings() : nil
        table.write(to: console)
        if let settings { console.text.withBytes { writer.write(settings, to: &$0) } }
    }

    /// The timeouts and daemons, in a table without services.
    private func readSettings() throws(IPVSError) -> Table {
        var settings = Table()
        settings.timeouts = try kernel.timeouts()
        for daemon in try kernel.daemons() { settings.daemons[daemon.role] = daemon }
        return settings
    }
}
