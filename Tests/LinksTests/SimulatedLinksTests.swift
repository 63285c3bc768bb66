import LinkStages
import Links
import Testing

struct SimulatedLinksTests {
    @Test(arguments: LinkPromise.all + LinkPromise.made)
    func keeps(promise: LinkPromise) throws {
        try promise.keep(SimulatedStage())
    }
}
