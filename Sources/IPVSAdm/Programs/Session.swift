import Console
import IPVS
import System

/// The start of a program: the network namespace, the kernel, and the messages when either is not to be had.
struct Session {
    let host: any Host
    let console: ProgramOutput
    let explainer: Explainer

    /// Opens the kernel's IPVS, in a network namespace if one is named, and loads its module if that is missing.
    ///
    /// - Returns: nil after a complaint.
    func open(namespace: String?) -> (any IPVSKernel)? {
        if let namespace {
            do {
                try host.enterNamespace(namespace)
            } catch {
                console.complain("Can't enter network namespace `\(namespace)': \(error.message)")
                return nil
            }
        }
        do {
            let kernel = try openLoading()
            explainer.use(kernel)
            return kernel
        } catch {
            console.complain(explainer.explained(KernelMessage.start(error), error))
            return nil
        }
    }

    private func openLoading() throws(IPVSError) -> any IPVSKernel {
        do {
            return try openChecked()
        } catch .unavailable {
            host.loadModule()
            return try openChecked()
        }
    }

    /// Opens it and sees whether it answers: without the permission to read, nothing else is worth a try.
    private func openChecked() throws(IPVSError) -> any IPVSKernel {
        let kernel = try host.openKernel()
        _ = try kernel.information()
        return kernel
    }
}
