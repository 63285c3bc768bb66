import Configuration
import Dialogues
import Director

// What is said of each check of a server.

extension KeepalivedVoice {
    /// - Parameter index: the place of the check among those of its server.
    func utterances(aboutCheck index: Int, _ news: CheckEvent, _ subject: Subject) -> [Utterance] {
        let check = subject.server.checks[index]
        let words = CheckLines(check)
        switch news.outcome {
        case .passed:
            let isLast = subject.server.checks.lastIndex { CheckLines($0).kind == words.kind } == index
            let lines = words.passed(subject, isFirst: news.isFirst, isLast: isLast)
            // Without alpha a check counts as passed from the beginning, so that its first success is no news.
            let isNews = !news.isFirst || subject.server.tellsFirstSuccess
            return lines.map { .log($0) }
                + (isNews ? mail("\(words.mailName) \(words.mailSuccess)", subject, news) : [])
        case .failed(let failures):
            let single = check.tellsEachFailure ? [words.failing(news.result, subject)] : []
            let lines = single + words.failed(news.result, subject, failures: failures)
            // With alpha it counts as failed from the beginning.
            let isNews = !news.isFirst || !subject.server.tellsFirstSuccess
            let outcome = "\(words.mailName) \(words.mailFailure(news.result))"
            return lines.map { .log($0) } + (isNews ? mail(outcome, subject, news) : [])
        case .failing: return check.tellsEachFailure ? [.log(words.failing(news.result, subject))] : []
        }
    }

    /// The mail about a check; where only servers are told of, about one that turned its server.
    private func mail(_ outcome: String, _ subject: Subject, _ news: CheckEvent) -> [Utterance] {
        guard news.turnsServer || subject.virtual.mail?.tellsEachCheck == true else { return [] }
        var lines = ["=> \(outcome) <="]
        // The subject tells of the server, and would contradict the body.
        if case .passed = news.outcome, !news.isServerUp { lines.append("(another check still fails)") }
        return mail(about: subject, isUp: news.isServerUp, lines)
    }
}
