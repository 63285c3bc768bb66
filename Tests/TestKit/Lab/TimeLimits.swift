public import Testing

extension Trait where Self == TimeLimitTrait {
    /// Names the test that waits for a program or a server of this machine that will never answer, long after any would have.
    public static var waits: Self { .timeLimit(.minutes(10)) }

    /// The same in the lab, where programs start slowly and share one processor, and which ends soon after that without a
    /// word.
    public static var waitsInLab: Self { .timeLimit(.minutes(40)) }
}
