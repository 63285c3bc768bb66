import CNetlink

/// Puts netlink messages one after the other into one buffer.
///
/// Lengths are filled in when a message or nest ends; all contents are bounded by their callers, so that no message comes
/// near the 64 KiB that an attribute's length can say.
struct MessageWriter {
    private(set) var bytes: [UInt8] = []

    /// How many bytes the finished messages take.
    var count: Int { bytes.count }

    /// Starts over with an empty buffer.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// Writes a message of a generic netlink family with what `body` writes as its attributes.
    mutating func message(
        family: UInt16,
        command: UInt8,
        flags: UInt16,
        sequence: UInt32,
        body: (inout MessageWriter) -> Void = { _ in }
    ) {
        let start = bytes.count
        append(
            nlmsghdr(
                nlmsg_len: 0,
                nlmsg_type: family,
                nlmsg_flags: flags | UInt16(NLM_F_REQUEST),
                nlmsg_seq: sequence,
                nlmsg_pid: 0
            )
        )
        append(genlmsghdr(cmd: command, version: WireFormat.version, reserved: 0))
        body(&self)
        fill(UInt32(bytes.count - start), at: start)
    }

    /// Sets further flags of the message that begins at `start`.
    mutating func addFlags(_ flags: UInt16, toMessageAt start: Int) {
        let place = start + 6
        guard place + 2 <= bytes.count else { return }
        let present = UInt16(littleEndian: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8)
        fill(present | flags, at: place)
    }

    /// Writes an attribute that holds what `body` writes.
    mutating func nest(_ type: UInt16, body: (inout MessageWriter) -> Void) {
        let start = bytes.count
        append(nlattr(nla_len: 0, nla_type: type | WireFormat.nested))
        body(&self)
        fill(UInt16(truncatingIfNeeded: bytes.count - start), at: start)
    }

    /// Writes an attribute that holds a number in this machine's byte order.
    mutating func attribute(_ type: UInt16, _ value: some FixedWidthInteger & BitwiseCopyable) {
        append(nlattr(nla_len: UInt16(4 + value.bitWidth / 8), nla_type: type))
        append(value)
        pad()
    }

    /// Writes an attribute that holds a text and the NUL behind it; a NUL within the text ends it.
    ///
    /// No text of IPVS may be longer than 16 bytes, so that what is cut at 255 here is still refused by the kernel.
    mutating func attribute(_ type: UInt16, _ text: String) {
        let content = text.utf8.prefix(255).prefix { $0 != 0 }
        append(nlattr(nla_len: UInt16(5 + content.count), nla_type: type))
        bytes.append(contentsOf: content)
        bytes.append(0)
        pad()
    }

    /// Writes a number or a structure as this machine keeps it.
    mutating func append(_ value: some BitwiseCopyable) {
        Swift.withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }

    private mutating func pad() {
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    private mutating func fill(_ value: some FixedWidthInteger, at offset: Int) {
        Swift.withUnsafeBytes(of: value) { source in
            for (index, byte) in source.enumerated() { bytes[offset + index] = byte }
        }
    }
}
