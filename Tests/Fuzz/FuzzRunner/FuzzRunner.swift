import Glibc

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ target: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// What an input is given to; written once, by `fuzz(_:)` before it hands the only thread to libFuzzer.
nonisolated(unsafe) private var reader: ([UInt8]) -> Int32 = { _ in 0 }

/// The name by which libFuzzer's own entry, which the linker wants though nothing runs it, knows the target.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    reader(Array(UnsafeBufferPointer(start: start, count: count)))
}

/// Has libFuzzer give its inputs to a function, with the options of the command line, and ends the process with its status.
package func fuzz(_ read: @escaping ([UInt8]) -> Int32) -> Never {
    reader = read
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, fuzzOne))
}
