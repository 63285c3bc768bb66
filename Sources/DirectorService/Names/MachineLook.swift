import CheckIO
package import Configuration
import System

/// What a configuration asks of this machine beside names: its programs and its users.
///
/// A file system or a database that does not answer keeps nobody from starting: what is not known in time is not said.
package enum MachineLook {
    /// The time that all answers have.
    private static let limit = Duration.seconds(2)
    private static let threads = 16

    /// Why those of the programs cannot be started that cannot.
    package static func programFaults(_ programs: Set<NamedProgram>) -> [NamedProgram: String] {
        let looks = Lookups(of: programs, threads: threads) { ProgramLook.fault(of: $0) }
        return looks.answers(within: limit).compactMapValues { $0 }
    }

    /// What lets others than root change those of the programs that they can change.
    package static func programRisks(_ programs: Set<NamedProgram>) -> [NamedProgram: String] {
        let looks = Lookups(of: programs, threads: threads) { ProgramTrust.weakness(of: $0.name)?.text }
        return looks.answers(within: limit).compactMapValues { $0 }
    }

    /// The numbers of users and groups, or which of them is not there.
    package static func accounts(_ accounts: Set<AccountQuestion>) -> [AccountQuestion: AccountAnswer] {
        Lookups(of: accounts, threads: threads, answer: answer).answers(within: limit)
    }

    private static func answer(to question: AccountQuestion) -> AccountAnswer {
        guard let user = SystemAccount.user(question.user) else { return .noUser }
        guard let name = question.group else { return .found(user: user.user, group: user.group) }
        return SystemAccount.group(name).map { .found(user: user.user, group: $0) } ?? .noGroup
    }
}
