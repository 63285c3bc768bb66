/// The statements of a configuration, taken apart without a look at what their words mean.
package struct SourceTree: Sendable {
    /// The statements outside of all blocks.
    package let statements: [Statement]
    /// What was found on the way; whoever reads the statements goes on with it.
    package let findings: Findings
}
