import Console
import IPVS
import Rules
import Texts

/// The commands that change nothing, and what they need.
struct QueryCommand {
    let names: any NameService
    let console: ProgramOutput
    let kernel: any IPVSKernel
    let explainer: Explainer

    /// Writes the answer, or a complaint.
    ///
    /// - Returns: the exit status.
    func run(_ command: Command) -> Int32 {
        do {
            switch command {
            case .list(let listing):
                try list(listing)
            case .save(let isNumeric):
                try SaveCommand(names: isNumeric ? nil : names, kernel: kernel, console: console).run()
            case .help:
                HelpText.appendMain(program: console.program, to: &console.text)
            case .version:
                console.text.append(HelpText.version)
            case .change, .restore:
                break
            }
            return ExitStatus.success
        } catch {
            complain(error, about: command)
            return ExitStatus.failure
        }
    }

    private func list(_ listing: Listing) throws(IPVSError) {
        if listing.isJSON {
            try JSONCommand(listing: listing, kernel: kernel, console: console).run()
        } else {
            let names = EndpointNames(listing.isNumeric ? nil : names)
            try ListCommand(listing: listing, kernel: kernel, names: names, console: console).run()
        }
    }

    private func complain(_ error: IPVSError, about command: Command) {
        guard case .list(let listing) = command else {
            return console.complain(explainer.explained(KernelMessage.text(of: error), error))
        }
        switch listing.subject {
        case .connections:
            let message = "cannot open file /proc/net/ip_vs_conn"
            console.complain(explainer.explained(message, readingConnections: error))
        case .service(let key):
            console.complain(explainer.explained(KernelMessage.text(ofQuery: error), error, about: key))
        case .table, .timeouts, .daemons:
            console.complain(explainer.explained(KernelMessage.text(of: error), error))
        }
    }
}
