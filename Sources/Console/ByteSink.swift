package import System

/// Where bytes go.
package protocol ByteSink: AnyObject {
    /// Writes all of them.
    func write(_ bytes: [UInt8]) throws(SystemFailure)
}
