import IPVS

extension ReplyDecoder {
    /// The counters of 64 bits, or those of 32 from a kernel before 4.1, which has no others.
    static func statistics(
        wide: Range<Int>?,
        narrow: Range<Int>?,
        of bytes: RawSpan
    ) throws(DecodingError) -> Statistics {
        if let wide { return try statistics(in: wide, of: bytes, as: UInt64.self) }
        if let narrow { return try statistics(in: narrow, of: bytes, as: UInt32.self) }
        return Statistics()
    }

    /// Counters, of which the byte counts have 64 bits in either nest.
    static func statistics<Width: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        in range: Range<Int>,
        of bytes: RawSpan,
        as width: Width.Type
    ) throws(DecodingError) -> Statistics {
        var statistics = Statistics()
        var cursor = AttributeCursor(range)
        while let attribute = try cursor.next(in: bytes) {
            switch attribute.type {
            case StatisticsAttribute.connections: statistics.connections = try UInt64(bytes.number(attribute, width))
            case StatisticsAttribute.incomingPackets:
                statistics.incomingPackets = try UInt64(bytes.number(attribute, width))
            case StatisticsAttribute.outgoingPackets:
                statistics.outgoingPackets = try UInt64(bytes.number(attribute, width))
            case StatisticsAttribute.incomingBytes: statistics.incomingBytes = try bytes.number(attribute)
            case StatisticsAttribute.outgoingBytes: statistics.outgoingBytes = try bytes.number(attribute)
            case StatisticsAttribute.connectionRate:
                statistics.rates.connections = try UInt64(bytes.number(attribute, width))
            case StatisticsAttribute.incomingPacketRate:
                statistics.rates.incomingPackets = try UInt64(bytes.number(attribute, width))
            case StatisticsAttribute.outgoingPacketRate:
                statistics.rates.outgoingPackets = try UInt64(bytes.number(attribute, width))
            case StatisticsAttribute.incomingByteRate:
                statistics.rates.incomingBytes = try UInt64(bytes.number(attribute, width))
            case StatisticsAttribute.outgoingByteRate:
                statistics.rates.outgoingBytes = try UInt64(bytes.number(attribute, width))
            default: break
            }
        }
        return statistics
    }
}
