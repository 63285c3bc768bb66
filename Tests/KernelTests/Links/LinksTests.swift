import LinkStages
import Links
import TestKit
import Testing

/// The promises on the lab's kernel, which has macvlan and ipvlan.
@Suite(.needsLab, .serialized, .waitsInLab)
struct LinksTests {
    @Test(arguments: LinkPromise.all + LinkPromise.made)
    func keeps(promise: LinkPromise) throws {
        try RealStage.play { try promise.keep($0) }
    }
}
