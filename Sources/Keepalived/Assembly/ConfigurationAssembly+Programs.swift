import Addresses
import Configuration
import IPVS

// Programs that are run, and whom they are run as.
extension ConfigurationAssembly {
    mutating func programCheck(_ block: CheckedBlock, _ frame: CheckFrame) -> ServerCheck? {
        guard let script = block.script("misc_path"), let program = script.arguments.first else {
            if !block.mentions("misc_path") {
                findings.error(
                    "the program of MISC_CHECK is missing",
                    at: block.keyword,
                    expected: "misc_path \"PROGRAM\""
                )
            }
            return nil
        }
        var external = ExternalCheck(program: program, arguments: Array(script.arguments.dropFirst()))
        external.grace = .seconds(2)
        external.user = words.user(of: block.account("user"), answers.accounts)
        let isDynamic = block.boolean("misc_dynamic") ?? false
        if isDynamic { external.failingStatuses = 1...1 }
        let seconds = block.number("misc_timeout") ?? 0
        let probe = HealthCheck(
            method: .external(external),
            target: Endpoint(address: frame.server.address, port: frame.port),
            timeout: seconds == 0 ? frame.interval(block) : .seconds(seconds)
        )
        var check = frame.check(probe, block)
        if isDynamic { check.weightRule = .exitStatus(minus: 2) }
        return check
    }

    /// The program that a word names to tell of a change; nil for none.
    func notice(_ block: CheckedBlock, _ name: String) -> NoticeProgram? {
        guard let script = block.script(name) else { return nil }
        return notice(script)
    }

    func notice(_ script: Value.Script) -> NoticeProgram { words.notice(script, answers.accounts) }

    /// Tells of users and groups that are not there.
    mutating func noteAccounts() {
        for (question, user, group) in words.accounts {
            switch answers.accounts[question] {
            case .found, nil: break
            case .noUser: findings.error("there is no user \(question.user)", at: user)
            case .noGroup: findings.error("there is no group \(question.group ?? "")", at: group ?? user)
            }
        }
    }

    /// Tells of programs that are not there, and where it is demanded of those that run as root and others can change.
    mutating func notePrograms() {
        for use in words.programs {
            let message: String
            if let fault = answers.programFaults[use.program] {
                message = "\(use.program.name) cannot be started: \(fault)"
            } else if let risk = answers.programRisks[use.program], words.runsAsRoot(use, answers) {
                guard words.isSecure else {
                    findings.warning(
                        "\(use.program.name) is run as root: \(risk)",
                        at: use.place,
                        note: "With enable_script_security it is refused."
                    )
                    continue
                }
                message = "\(use.program.name) is not run as root: \(risk)"
            } else {
                continue
            }
            if use.isNeeded, !isLenient {
                findings.error(message, at: use.place, note: use.loss)
            } else {
                findings.warning(message, at: use.place, note: use.isNeeded ? "What it checks is down." : nil)
            }
        }
    }
}
