import IPVS
import Netlink

extension ReplyDecoder {
    /// The counters of 64 bits, or those of 32 from a kernel before 4.1, which has no others.
    static func statistics(
        wide: Range<Int>?,
        narrow: Range<Int>?,
        of bytes: RawSpan
    ) throws(DecodingError) -> Statistics {
        guard let nest = wide ?? narrow else { return Statistics() }
        return try statistics(in: nest, of: bytes)
    }

    /// Counters, each as wide as it is sent: in the narrow nest the byte counts alone have 64 bits.
    ///
    /// A listing has ten of them for each server, so they are put in their places by number.
    static func statistics(in range: Range<Int>, of bytes: RawSpan) throws(DecodingError) -> Statistics {
        var values = InlineArray<16, UInt64>(repeating: 0)
        var cursor = AttributeCursor(range)
        while let attribute = try cursor.next(in: bytes) {
            // The kernel aligns wide counters with empty attributes, of a type that is no counter.
            guard attribute.type <= StatisticsAttribute.last, attribute.type != 0 else { continue }
            let isWide = attribute.content.count >= MemoryLayout<UInt64>.size
            values[Int(attribute.type)] =
                try isWide ? bytes.number(attribute, UInt64.self) : UInt64(bytes.number(attribute, UInt32.self))
        }
        var statistics = Statistics()
        statistics.connections = values[Int(StatisticsAttribute.connections)]
        statistics.incomingPackets = values[Int(StatisticsAttribute.incomingPackets)]
        statistics.outgoingPackets = values[Int(StatisticsAttribute.outgoingPackets)]
        statistics.incomingBytes = values[Int(StatisticsAttribute.incomingBytes)]
        statistics.outgoingBytes = values[Int(StatisticsAttribute.outgoingBytes)]
        statistics.rates.connections = values[Int(StatisticsAttribute.connectionRate)]
        statistics.rates.incomingPackets = values[Int(StatisticsAttribute.incomingPacketRate)]
        statistics.rates.outgoingPackets = values[Int(StatisticsAttribute.outgoingPacketRate)]
        statistics.rates.incomingBytes = values[Int(StatisticsAttribute.incomingByteRate)]
        statistics.rates.outgoingBytes = values[Int(StatisticsAttribute.outgoingByteRate)]
        return statistics
    }
}
