import Console
import IPVS
import Rules
import Texts

/// `-L --json`.
struct JSONCommand {
    let listing: Listing
    let kernel: any IPVSKernel
    let console: ProgramOutput

    /// Writes what was asked for.
    ///
    /// - Throws: the kernel's error, before anything is written; a connection table may break off in the middle.
    func run() throws(IPVSError) {
        var json = JSONWriter()
        JSONListing.begin(&json)
        switch listing.subject {
        case .table: try writeTable(&json)
        case .service(let key):
            let information = try kernel.information()
            let status = try kernel.service(key)
            JSONListing.append(information, to: &json)
            writeServices([status], to: &json)
        case .connections: try writeConnections(&json)
        case .timeouts: JSONListing.append(try kernel.timeouts(), to: &json)
        case .daemons: JSONListing.append(try kernel.daemons(), to: &json)
        }
        JSONListing.end(&json)
        console.write(&json.text)
    }

    private func writeTable(_ json: inout JSONWriter) throws(IPVSError) {
        let information = try kernel.information()
        var services = try kernel.snapshot().services
        if listing.isSorted { services.sort { $0.service.key < $1.service.key } }
        let daemons = try kernel.daemons()
        let timeouts = try kernel.timeouts()
        JSONListing.append(information, to: &json)
        writeServices(services, to: &json)
        JSONListing.append(daemons, to: &json)
        JSONListing.append(timeouts, to: &json)
    }

    private func writeServices(_ services: [ServiceStatus], to json: inout JSONWriter) {
        json.key("services")
        json.beginArray()
        for status in services {
            guard console.isHeard else { break }
            JSONServiceListing.append(status, isSorted: listing.isSorted, to: &json)
            writeIfLarge(&json)
        }
        json.endArray()
    }

    private func writeConnections(_ json: inout JSONWriter) throws(IPVSError) {
        // The file is opened before anything is written: the body below runs for what it contains only.
        json.key("connections")
        json.beginArray()
        try kernel.forEachConnection { connection in
            JSONConnectionListing.append(connection, to: &json)
            writeIfLarge(&json)
            return console.isHeard
        }
        json.endArray()
    }

    private func writeIfLarge(_ json: inout JSONWriter) {
        if json.text.count >= 1 << 16 { console.write(&json.text) }
    }
}
