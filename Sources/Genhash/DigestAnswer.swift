import Addresses
import Dialogues
import Digests
import Texts
import Time

/// What came of one question.
struct DigestAnswer {
    /// The URL as it was given.
    let url: String
    /// Whom the answer is from, or the one asked last; nil where the name has no address.
    let endpoint: Endpoint?
    /// The body whose digest is known; nil after a failure.
    let body: GenhashBody?
    /// Where it failed or passed.
    let layer: CheckLayer
    /// The reason of a failure, for people.
    let text: String
    /// The time from the start to the answer.
    let duration: Duration

    /// The digest where it counts for one.
    func digest(requiresSuccess: Bool) -> [UInt8]? {
        guard requiresSuccess else { return body?.digest }
        guard let code = body?.status?.code, (200...299).contains(code) else { return nil }
        return body?.digest
    }

    /// Why there is no digest that counts.
    var complaint: String {
        guard let body else { return "\(url): \(layer): \(text)" }
        return "\(url): \(body.status.map { "status \($0.line)" } ?? "no status line")"
    }

    func write(to json: inout JSONWriter, requiresSuccess: Bool) {
        json.object { json in
            json.member("url", url)
            if let endpoint { json.member("server", endpoint.description) } else { json.nullMember("server") }
            if let digest = digest(requiresSuccess: requiresSuccess) {
                json.member("digest", Hexadecimal.encode(digest))
            } else {
                json.nullMember("digest")
                json.member("error", complaint)
            }
            if let status = body?.status { json.member("status", status.code) } else { json.nullMember("status") }
            if let body { json.member("bytes", UInt64(body.count)) }
            json.member("microseconds", microseconds)
        }
    }

    var microseconds: UInt64 { UInt64(max(duration.nanoseconds, 0)) / 1000 }
}
