import TestKit
import Testing

/// What our programs do when something goes wrong around them.
@Suite(.needsKernel, .serialized, .waitsInLab)
enum FaultTests {}
