import Console
import Glibc
import IPVS
import IPVSAdm
import System

/// The machine itself, of which nothing is used but the standard output.
let machine = LinuxHost(kernel: { () throws(IPVSError) in SimulatedKernel() }, namespace: { _ in ENOENT })

do throws(DemoFailure) {
    try SimulatedDemo(stage: DemoStage(host: SimulatedHost(), audience: machine.output)).run()
} catch {
    try? machine.errors.write(Array("\nThe demo failed: \(error.message)\n".utf8))
    exit(1)
}
