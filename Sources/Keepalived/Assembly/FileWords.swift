import Configuration
import IPVS
import Links

/// The words of a whole file.
struct FileWords: Sendable {
    /// What stands outside of all blocks.
    let file: CheckedBlock
    /// What stands in all blocks of global_defs together.
    let globals: CheckedBlock
    /// What stands in all blocks of SSL together.
    let tls: CheckedBlock
    /// The users and groups that are named, with the words that name them.
    private(set) var accounts: [(question: AccountQuestion, user: Word, group: Word?)] = []
    /// Whom programs run as that say nothing; nil where nothing is said for all.
    let scriptAccount: Value.Account?
    /// The programs that are named.
    private(set) var programs: [ProgramUse] = []
    /// The files that names and keys are taken from.
    private(set) var sideNeeds = SideNeeds()

    /// A program where it is named.
    struct ProgramUse: Sendable {
        let program: NamedProgram
        let place: Word
        /// Whom it is run as; nil where it says nothing.
        let account: Value.Account?
        /// Whether something is lost without it, and what.
        let loss: String?

        var isNeeded: Bool { loss != nil }
    }

    init(_ file: CheckedBlock) {
        self.file = file
        globals = Self.joined("global_defs", .globals, of: file)
        tls = Self.joined("SSL", .tls, of: file)
        scriptAccount = globals.account("script_user")
        if let folder = globals.text("iproute_usr_dir") { sideNeeds.folders[0] = folder }
        if let folder = globals.text("iproute_etc_dir") { sideNeeds.folders[1] = folder }
        if let text = globals.text("vrrp_route_protocol"), NumberNames.number(text) == nil,
            NumberList.protocols.known[text] == nil
        {
            sideNeeds.lists.insert(.protocols)
        }
        let tracked = Self.trackedScripts(of: file)
        collect(from: file, tracked)
    }

    private static func joined(_ name: String, _ scope: Scope, of file: CheckedBlock) -> CheckedBlock {
        var joined = CheckedBlock(scope: scope, keyword: file.keyword)
        for block in file.blocks(name) { joined.join(block) }
        return joined
    }

    /// The names of the scripts that something follows; others are not run.
    private static func trackedScripts(of file: CheckedBlock) -> Set<String> {
        let holders = file.blocks("vrrp_instance") + file.blocks("vrrp_sync_group")
        return Set(holders.flatMap { $0.blocks("track_script") }.flatMap(\.entries).compactMap(\.text))
    }

    /// Collects the accounts and programs of a block and those within it.
    private mutating func collect(from block: CheckedBlock, _ tracked: Set<String>) {
        if block.scope == .vrrpScript, case .text(let name)? = block.values.first?.value, !tracked.contains(name) {
            return
        }
        let account = block.account("user")
        for entry in block.entries {
            for value in entry.values { collect(value, of: entry, account) }
            if let inner = entry.block { collect(from: inner, tracked) }
        }
    }

    private mutating func collect(_ value: ReadValue, of entry: CheckedBlock.Entry, _ account: Value.Account?) {
        switch value.value {
        case .account(let account): accounts.append((AccountQuestion(account), value.word, value.others.first))
        case .script(let script):
            if let own = script.account, let user = value.others.first {
                accounts.append((AccountQuestion(own), user, value.others.dropFirst().first))
            }
            guard let program = script.arguments.first else { return }
            let losses = [
                "misc_path": "keepalived leaves the check out, and its server stays.", "script": Self.trackerLoss,
            ]
            programs.append(
                ProgramUse(
                    program: NamedProgram(.program, program),
                    place: value.word,
                    account: script.account ?? account ?? scriptAccount,
                    loss: losses[entry.rule.meaning]
                )
            )
        case .interfaceAddress(let words): need(words.scope)
        case .route(let words): for part in words.parts { need(part.number) }
        case .rule(let words): for part in words.parts { need(part.number) }
        case .macvlan(_, let group): need(group)
        case .key(_, .file(let path)): sideNeeds.keyFiles.insert(path)
        default: break
        }
    }

    private mutating func need(_ number: NamedNumber?) {
        if case .name(_, let list)? = number { sideNeeds.lists.insert(list) }
    }

    private static let trackerLoss = "keepalived leaves it out, and what it guards is not guarded."
}

// What the machine is asked.
extension FileWords {
    /// The program that a script is, and whom it is run as.
    func notice(_ script: Value.Script, _ answers: [AccountQuestion: AccountAnswer]) -> NoticeProgram {
        let usual = user(of: nil, answers).map { _ in Value.Account(user: Self.usualUser.user) }
        let account = script.account ?? scriptAccount ?? usual
        return NoticeProgram(.words(script.arguments), user: account?.user, group: account?.group)
    }

    /// Whether programs that run as root must be such that nobody else can change them.
    var isSecure: Bool { globals.has("enable_script_security") }

    /// The users that are asked for: those that are named, and the usual one where a program says none.
    var accountQuestions: Set<AccountQuestion> {
        var questions = Set(accounts.map(\.question))
        if programs.contains(where: { $0.account == nil }) {
            questions.insert(Self.usualUser)
        }
        return questions
    }

    /// The programs that are looked for.
    var programQuestions: Set<NamedProgram> { Set(programs.map(\.program)) }

    /// The user whom programs run as that say none, where he exists.
    static let usualUser = AccountQuestion(user: "keepalived_script")

    /// The numbers of whom a program runs as that says that user, or none; nil for the user of this process.
    func user(of account: Value.Account?, _ answers: [AccountQuestion: AccountAnswer]) -> ProgramUser? {
        let question = (account ?? scriptAccount).map(AccountQuestion.init) ?? Self.usualUser
        guard case .found(let user, let group)? = answers[question] else { return nil }
        return ProgramUser(id: user, group: group)
    }

    /// Whether a program runs as root, by what is known of users.
    func runsAsRoot(_ use: ProgramUse, _ answers: ConfigurationAnswers) -> Bool {
        if let account = use.account { return account.user == "root" }
        return user(of: nil, answers.accounts) == nil
    }
}

// The sync daemons of the table.
extension FileWords {
    /// What is said of them: by the word for all, or by that of an instance, whose number they have unless they say one.
    var syncDaemon: Value.DaemonWords? {
        let instances = file.all("vrrp_instance")
        var daemon: Value.DaemonWords
        if case .syncDaemon(let words)? = globals.entry("lvs_sync_daemon")?.values.first?.value {
            daemon = words
        } else {
            guard let owner = instances.first(where: { $0.block?.has("lvs_sync_daemon_interface") == true }),
                let interface = owner.block?.text("lvs_sync_daemon_interface")
            else { return nil }
            daemon = Value.DaemonWords(interface: interface)
            daemon.instance = owner.text
        }
        if daemon.syncID == nil, let name = daemon.instance {
            let number = instances.first { $0.text == name }?.block?.number("virtual_router_id")
            daemon.syncID = number.map { UInt32(clamping: $0) }
        }
        return daemon
    }

    /// A daemon of a role.
    func daemon(_ words: Value.DaemonWords, role: SyncDaemon.Role) -> SyncDaemon {
        SyncDaemon(
            role: role,
            interface: words.interface,
            syncID: words.syncID ?? 0,
            maximumLength: words.maximumLength,
            group: words.group,
            port: words.port,
            timeToLive: words.timeToLive
        )
    }
}

// Pipes.
extension FileWords {
    /// The pipes of some words that get lines; one that is named twice gets them once.
    func pipes(
        _ names: [String],
        _ answers: [AccountQuestion: AccountAnswer],
        _ findings: inout Findings
    ) -> [EventPipe] {
        var pipes: [EventPipe] = []
        for name in names {
            let script = globals.script("\(name)_script")
            guard let entry = globals.entry(name), let path = entry.text else {
                if script != nil, !globals.mentions(name), let entry = globals.entry("\(name)_script") {
                    findings.warning("\(name)_script does nothing without \(name)", at: entry.keyword)
                }
                continue
            }
            var pipe = EventPipe(path: path)
            if case .account(let account)? = entry.values.dropFirst().first?.value {
                (pipe.user, pipe.group) = (account.user, account.group)
            } else if let account = scriptAccount {
                (pipe.user, pipe.group) = (account.user, account.group)
            }
            pipe.reader = script.map { notice($0, answers) }
            if let first = pipes.firstIndex(where: { $0.path == path }) {
                pipes[first].reader = pipes[first].reader ?? pipe.reader
            } else {
                pipes.append(pipe)
            }
        }
        return pipes
    }
}

extension AccountQuestion {
    init(_ account: Value.Account) {
        self.init(user: account.user, group: account.group)
    }
}
