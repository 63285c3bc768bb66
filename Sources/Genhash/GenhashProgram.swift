import Addresses
import ArgumentParser
import Digests
import System
import Texts

/// The program `genhash`: prints the digests of what web servers answer.
package enum GenhashProgram {
    /// What `-r` says.
    private static let release = "genhash (Directrix), in the place of that of keepalived 2.2.7\n"

    /// Runs the program with the words behind its name.
    ///
    /// - Returns: its exit status: 0 when every digest was printed, otherwise 1.
    package static func run(_ words: [String], environment: GenhashEnvironment) -> Int32 {
        let arguments: DigestArguments
        var questions: [DigestQuestion] = []
        do {
            arguments = try DigestArguments.parse(DigestArguments.writtenOut(words))
            if arguments.release { return environment.output(release) ? 0 : 1 }
            questions = try arguments.url.map { try DigestQuestion($0, arguments) }
        } catch let error as DigestUsageError {
            environment.complain("genhash: \(error.text)\n")
            return 1
        } catch {
            let message = DigestArguments.fullMessage(for: error) + "\n"
            guard DigestArguments.exitCode(for: error).isSuccess else {
                environment.complain(message)
                return 1
            }
            return environment.output(message) ? 0 : 1
        }
        do {
            return try answer(questions, arguments, environment) ? 0 : 1
        } catch {
            environment.complain("genhash: \(error.call): \(error.message)\n")
            return 1
        }
    }

    /// Asks and prints; whether every digest was printed.
    private static func answer(
        _ questions: [DigestQuestion],
        _ arguments: DigestArguments,
        _ environment: GenhashEnvironment
    ) throws(SystemFailure) -> Bool {
        let client = try DigestClient(mark: arguments.mark.value)
        let watcher: (@Sendable (String) -> Void)? =
            arguments.verbose ? { @Sendable text in _ = environment.output(text) } : nil
        var answers: [DigestAnswer] = []
        var isComplete = true
        for question in questions {
            let literal = IPAddress(question.server)
            let answer = try client.ask(
                question,
                at: literal.map { [$0] } ?? environment.addresses(question.server),
                patience: .nanoseconds(Int64(arguments.timeout * 1_000_000_000)),
                watcher: watcher
            )
            let digest = answer.digest(requiresSuccess: arguments.requiresSuccess)
            if digest == nil { isComplete = false }
            guard !arguments.json else {
                answers.append(answer)
                continue
            }
            if let digest {
                let place = questions.count > 1 ? "  \(question.url)" : ""
                if !environment.output("\(Hexadecimal.encode(digest))\(place)\n") { isComplete = false }
            } else {
                environment.complain("genhash: \(answer.complaint)\n")
            }
            watcher?("\nGlobal response time for [\(question.url)] = \(answer.microseconds) usecs\n")
        }
        guard arguments.json else { return isComplete }
        var json = JSONWriter()
        json.array { json in
            for answer in answers { answer.write(to: &json, requiresSuccess: arguments.requiresSuccess) }
        }
        let isWritten = environment.output(String(decoding: json.text.bytes, as: UTF8.self))
        return isComplete && isWritten
    }
}
