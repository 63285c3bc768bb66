package import Console
package import IPVS
package import Rules
package import System

/// All that a command has to do with the machine it runs on.
package protocol Host: AnyObject {
    var names: any NameService { get }
    var output: any ByteSink { get }
    var errors: any ByteSink { get }
    /// Whether a person reads the errors.
    var errorsAreSeen: Bool { get }

    /// Makes the handle on the kernel.
    func openKernel() throws(IPVSError) -> any IPVSKernel

    /// Tries to load the module `ip_vs`.
    func loadModule()

    /// Moves the process into the network namespace of that name.
    func enterNamespace(_ name: String) throws(SystemFailure)

    /// Reads standard input to its end.
    func readInput() throws(SystemFailure) -> [UInt8]

    /// Begins a file that takes the place of the one at `path` when it is complete.
    func replaceFile(at path: String) throws(SystemFailure) -> any FileReplacement

    /// What explains a refusal on this machine, with the state of these modules.
    func refusalContext(modules: [String]) -> RefusalContext
}

/// A file in the making, of which nobody sees anything before `commit`.
package protocol FileReplacement: ByteSink {
    /// Puts it, safely on the disk, in the place of the old one.
    func commit() throws(SystemFailure)

    /// Gives it up; the old one stays.
    func discard()
}
