import Addresses
import IPVS
import Netlink

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
        guard let key else { return nil }
        switch command {
        case WireCommand.newDestination: return destination.map { .addDestination($0, to: key) }
        case WireCommand.setDestination: return destination.map { .editDestination($0, of: key) }
        case WireCommand.deleteDestination:
            let whole = completed(TopAttribute.destination, in: attributes, of: bytes) { writer in
                writer.attribute(DestinationAttribute.forwarding, UInt32(0))
                writer.attribute(DestinationAttribute.weight, UInt32(0))
            }
            let server = try? ReplyDecoder.destination(in: 0..<whole.count, of: whole.span.bytes, serviceFamily: .ipv4)
            return server.map { .deleteDestination($0.destination.endpoint, of: key) }
        default: return nil
        }
    }

    /// The service that a request is about.
    func key(in attributes: Range<Int>, of bytes: RawSpan) -> ServiceKey? {
        let whole = completed(TopAttribute.service, in: attributes, of: bytes) { writer in
            writer.attribute(ServiceAttribute.scheduler, "rr")
        }
        return try? ReplyDecoder.service(in: 0..<whole.count, of: whole.span.bytes).service.key
    }

    /// A nest of the request with what a reply cannot do without.
    private func completed(
        _ type: UInt16,
        in attributes: Range<Int>,
        of bytes: RawSpan,
        by complete: (inout MessageWriter) -> Void
    ) -> [UInt8] {
        var whole = MessageWriter()
        var outer = AttributeCursor(attributes)
        while let nest = try? outer.next(in: bytes) {
            guard nest.type == type else { continue }
            whole.nest(type) { writer in
                for offset in nest.content { writer.append(bytes.load(UInt8.self, at: offset)) }
                complete(&writer)
            }
        }
        return whole.bytes
    }
}
