import Addresses
package import IPVS

/// A server behind a virtual service, and how its health is told.
package struct RealServer: Hashable, Sendable {
    /// The server as it shall be in the kernel while it is up: its weight is the configured one.
    package var destination: Destination
    /// The server as the file has it: the kernel gives servers that are not translated the port of the service, and
    /// log lines, maintenance files and checks go by this one.
    package var configuredPort: UInt16
    /// What is asked of it.
    package var check: HealthCheck
    /// The name that its address was found by; nil where the file has the address.
    package var hostName: String?
    /// The line of the file that it stands in; the first is 1.
    package var line = 0

    /// Makes a real server whose configured port is that of its destination.
    package init(destination: Destination, check: HealthCheck) {
        self.destination = destination
        self.check = check
        configuredPort = destination.endpoint.port
    }
}
