import Addresses
import IPVS

@testable import IPVSNetlink

// Requests have the attributes of replies, so that the decoders read them too; only keys are shorter.

extension FakeKernelChannel {
    /// The change that a request asks for; nil for a query.
    func change(_ command: UInt8, _ attributes: Range<Int>, of bytes: RawSpan) -> Change? {
        let key = key(in: attributes, of: bytes)
        let service = try? ReplyDecoder.service(in: attributes, of: bytes).service
        let family = key?.family ?? .ipv4
        let destination = try? ReplyDecoder.destination(in: attributes, of: bytes, serviceFamily: family).destination
        let daemon = try? ReplyDecoder.daemon(in: attributes, of: bytes)
        switch command {
        case WireCommand.newService: return service.map(Change.addService)
        case WireCommand.setService: return service.map(Change.editService)
        case WireCommand.deleteService: return key.map(Change.deleteService)
        case WireCommand.zero: return .zero(key)
        case WireCommand.flush: return .flush
        case WireCommand.newDaemon: return daemon.map(Change.startDaemon)
        case WireCommand.deleteDaemon: return daemon.map { .stopDaemon($0.role) }
        case WireCommand.setConfiguration:
            return (try? ReplyDecoder.timeouts(in: attributes, of: bytes)).map(Change.setTimeouts)
        default: break
        }
        guard let key, let destination else { return nil }
        switch command {
        case WireCommand.newDestination: return .addDestination(destination, to: key)
        case WireCommand.setDestination: return .editDestination(destination, of: key)
        case WireCommand.deleteDestination: return .deleteDestination(destination.endpoint, of: key)
        default: return nil
        }
    }

    /// The service that a request is about.
    func key(in attributes: Range<Int>, of bytes: RawSpan) -> ServiceKey? {
        var outer = AttributeCursor(attributes)
        while let nest = outer.next(in: bytes) {
            guard nest.type == TopAttribute.service else { continue }
            // A key becomes a whole service by the one attribute that a reply cannot do without.
            var writer = MessageWriter()
            writer.nest(TopAttribute.service) { writer in
                for offset in nest.content { writer.append(bytes.load(UInt8.self, at: offset)) }
                writer.attribute(ServiceAttribute.scheduler, "rr")
            }
            let whole = writer.bytes
            return try? ReplyDecoder.service(in: 0..<whole.count, of: whole.span.bytes).service.key
        }
        return nil
    }
}
