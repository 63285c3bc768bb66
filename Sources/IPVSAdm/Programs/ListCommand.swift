import Console
import IPVS
import Rules
import Texts

/// `-L` in columns.
struct ListCommand {
    let listing: Listing
    let kernel: any IPVSKernel
    let names: EndpointNames
    let console: ProgramOutput

    /// Writes what was asked for.
    ///
    /// - Throws: the kernel's error; the title of a connection table that cannot be read is not written.
    func run() throws(IPVSError) {
        switch listing.subject {
        case .table: try listTable()
        case .service(let key): try listService(key)
        case .connections: try listConnections()
        case .timeouts: SettingsListing.append(try kernel.timeouts(), to: &console.text)
        case .daemons:
            for daemon in try kernel.daemons() { SettingsListing.append(daemon, to: &console.text) }
        }
    }

    private func listTable() throws(IPVSError) {
        let information = try kernel.information()
        let columns = TableListing(listing, names: names)
        let table = try TableText(
            of: kernel,
            isSorted: listing.isSorted,
            statistics: listing.columns == .statistics || listing.columns == .rates,
            looksUpNames: !listing.isNumeric,
            columns.append
        )
        columns.appendTitle(information, to: &console.text)
        columns.appendHeading(to: &console.text)
        table.write(to: console)
    }

    private func listService(_ key: ServiceKey) throws(IPVSError) {
        let status = try kernel.service(key)
        let table = TableListing(listing, names: names)
        table.appendHeading(to: &console.text)
        table.append(status, to: &console.text)
    }

    private func listConnections() throws(IPVSError) {
        let connections = ConnectionListing(showsEngines: listing.columns == .persistentConnections, names: names)
        var isTitled = false
        try kernel.forEachConnection { connection in
            if !isTitled { connections.appendHeading(to: &console.text) }
            isTitled = true
            connections.append(connection, to: &console.text)
            console.flushIfLarge()
            return console.isHeard
        }
        if !isTitled { connections.appendHeading(to: &console.text) }
    }
}
