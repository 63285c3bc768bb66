/// What the results of a check make of the weight of its server.
package enum WeightRule: Hashable, Sendable {
    /// Nothing.
    case none
    /// The exit status of a program that passes, less this number, is the weight; 0 stands for the configured weight.
    case exitStatus(minus: Int32)
    /// The exit status of a program that passes, times this number, is added to the configured weight.
    case share(perUnit: Int32)
}
