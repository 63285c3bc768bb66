/// What the results of a check make of the weight of its server.
package enum WeightRule: Hashable, Sendable {
    /// Nothing.
    case none
    /// The exit status of a program that passes, less this number, is the weight; 0 stands for the configured weight.
    case exitStatus(minus: Int32)
    /// The exit status of a program that passes, or the number in a file, times this number, is added to the configured
    /// weight; a file whose product is -2147483648 or less takes the server out.
    case share(perUnit: Int32)
    /// The number in a file adds nothing: the server may serve while it is 0, or else while it is not.
    case gate(opensAtZero: Bool)
}
