import Configuration

/// A server with the block that it was made of.
struct ReadServer {
    let server: RealServer
    let block: CheckedBlock
}
