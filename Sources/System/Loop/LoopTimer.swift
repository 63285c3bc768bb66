package import Time

/// A timer of a loop, to cancel it by; harmless once it has fired.
package typealias LoopTimer = PlannedMoment
