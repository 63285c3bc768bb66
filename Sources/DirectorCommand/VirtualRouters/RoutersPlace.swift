import ArgumentParser
import Console
import DirectorService
import System
import VRRPControl

/// Where a command finds the process of the virtual routers.
struct RoutersPlace: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The socket of the process of the virtual routers; that of its service, or of the one director that started it, unless given.",
            valueName: "path"
        ),
        completion: .file()
    )
    var socket: String?

    /// The sockets at which there may be a process: that which is named, or those of this machine that somebody listens at.
    func candidates(_ environment: DirectorEnvironment) -> [String] {
        if let socket { return [socket] }
        let folder = environment.runtimeFolder
        var own: [String] = []
        if case .names(let names) = FolderListing(of: folder) {
            own = names.filter { $0.hasPrefix(RoutersPlaces.ownPrefix) }.sorted()
        }
        return ([environment.routersSocket] + own.map { "\(folder)/\($0)/socket" }).filter { path in
            (try? ControlSocket.connect(to: path).number) != nil
        }
    }

    /// Speaks with the process, or says why that cannot be.
    func converse(_ context: SubcommandContext, _ body: (RoutersConversation) throws -> Void) -> Int32 {
        let found = candidates(context.environment)
        guard let path = found.first else {
            context.console.complain(
                "there is no process of virtual routers: nobody listens at \(context.environment.routersSocket), and no director has started one"
            )
            return SubcommandContext.Status.failure
        }
        guard found.count == 1 else {
            context.console.complain("there are several; --socket names one of them: \(found.joined(separator: " "))")
            return SubcommandContext.Status.failure
        }
        do {
            try body(RoutersConversation(with: path, on: context.environment.makeLoop()))
            return SubcommandContext.Status.success
        } catch {
            let text = (error as? RoutersConversation.Failure)?.text ?? "\(error)"
            context.console.complain("\(path): \(text)")
            return SubcommandContext.Status.failure
        }
    }
}
