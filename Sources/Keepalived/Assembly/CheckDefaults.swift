import Configuration

/// What a virtual server says for its servers, and a server for its checks.
struct CheckDefaults: Sendable {
    var interval: Duration?
    var retries: Int64?
    var delayBeforeRetry: Duration?
    var warmup: Duration?
    var timeout: Duration?
    /// Whether a server waits for its first success, which is then told.
    var tellsFirstSuccess = false
    var isQuiesced = false
    var virtualHost: String?

    /// Says nothing.
    init() {}

    /// What a block says, and another around it where the block says nothing.
    init(of block: CheckedBlock, inheriting outer: CheckDefaults) {
        interval = block.time("delay_loop") ?? outer.interval
        retries = block.number("retry") ?? outer.retries
        delayBeforeRetry = block.time("delay_before_retry") ?? outer.delayBeforeRetry
        warmup = block.time("warmup") ?? outer.warmup
        timeout = block.timeout ?? outer.timeout
        virtualHost = block.scope == .service || block.scope == .server ? block.text("virtualhost") : nil
        virtualHost = virtualHost ?? outer.virtualHost
        // In a virtual server these words have no value.
        let isService = block.scope == .service
        tellsFirstSuccess = isService ? block.has("alpha") : block.boolean("alpha") ?? outer.tellsFirstSuccess
        isQuiesced =
            isService ? block.has("inhibit_on_failure") : block.boolean("inhibit_on_failure") ?? outer.isQuiesced
    }
}

extension CheckedBlock {
    /// Its `connect_timeout`; the largest that can be written stands for none.
    var timeout: Duration? {
        time("connect_timeout").flatMap { $0 == TimeRange.noTimeout ? nil : $0 }
    }
}
