import LinkStages
import Links
import TestKit
import Testing

/// The promises on the kernel that the tests run on, where it lets them have a namespace.
@Suite(.serialized, .enabled(if: RealStage.isAvailable, "no namespace of its own without root"))
struct NetlinkLinksTests {
    @Test(arguments: LinkPromise.all)
    func keeps(promise: LinkPromise) throws {
        try RealStage.play { try promise.keep($0) }
    }
}
