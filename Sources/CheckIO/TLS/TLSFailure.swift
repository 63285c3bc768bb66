import COpenSSL
import Dialogues

/// Why TLS with a server could not be set up or went on.
struct TLSFailure: Error, Hashable {
    var layer: CheckLayer
    /// In one line, for people.
    var text: String

    init(_ layer: CheckLayer, text: String) {
        self.layer = layer
        self.text = text
    }

    /// The words of OpenSSL for the first error that it has noted, which is forgotten with the others.
    static func takeReason() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0 else { return "unknown error" }
        guard let reason = ERR_reason_error_string(code) else { return "error \(String(code, radix: 16))" }
        return String(cString: reason)
    }
}
