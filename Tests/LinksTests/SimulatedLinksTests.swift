import LinkStages
import Links
import Testing

struct SimulatedLinksTests {
    @Test(arguments: LinkPromise.all)
    func keeps(promise: LinkPromise) throws {
        try promise.keep(SimulatedStage())
    }
}
