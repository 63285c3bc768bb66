import Configuration
import System

extension SocketOrigin {
    /// The origin of a check's packets.
    init(_ origin: ProbeOrigin) {
        self.init(
            address: origin.address,
            port: origin.port ?? 0,
            interface: origin.interface,
            mark: origin.mark ?? 0
        )
    }

    /// The same from any port, for a further connection and for what has no ports.
    var fromAnyPort: SocketOrigin {
        var origin = self
        origin.port = 0
        return origin
    }
}
