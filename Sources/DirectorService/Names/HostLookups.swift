import Addresses
import CheckIO
import Dialogues
import System

/// Looks up, by other threads, the names that redirects of checked servers lead to.
enum HostLookups {
    /// Looks names up by threads that nobody waits for.
    static func lookup(on loop: EventLoop) -> HostLookup {
        { [unowned loop] name, then in Background.begin(on: loop, { addresses(of: name) }, then: then) }
    }

    private static func addresses(of host: String) -> Result<[IPAddress], HostCache.Failure> {
        do throws(SystemLookup.Failure) {
            return .success(try SystemLookup.addresses(of: host))
        } catch {
            return .failure(HostCache.Failure(text: error.text, isFinal: error.isFinal))
        }
    }
}
