package import Configuration
import Glibc
package import System

extension ProgramLook {
    /// Why a program that a configuration names cannot be started; nil where it can.
    package static func fault(of program: NamedProgram) -> String? {
        switch program.kind {
        case .program: fault(of: program.name)
        case .perlFile: fault(ofPerlFile: program.name)
        }
    }

    /// Why a file of Perl cannot be run; nil where it can.
    private static func fault(ofPerlFile file: String) -> String? {
        if let fault = fault(of: PerlFile.perl) { return "\(PerlFile.perl): \(fault)" }
        if file.isEmpty { return "no file is named" }
        let path = file.hasPrefix("/") ? file : "/\(file)"
        var status = stat()
        guard stat(path, &status) == 0 else { return SystemFailure(call: "stat", number: errno).message }
        guard status.st_mode & S_IFMT != S_IFDIR else { return "it is a directory" }
        return access(path, R_OK) == 0 ? nil : SystemFailure(call: "access", number: errno).message
    }
}
