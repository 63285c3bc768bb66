import TestKit

/// Command lines of ipvsadm, as an operator, a script or a mishap writes them; alike for the same seed.
///
/// Most are right and meet each other, so that the table is seldom empty; the others are wrong in one or two points.
struct RandomCommandLines {
    private var random: SeededGenerator
    /// What is due before anything new.
    private var due: [CommandLineStep] = []
    private var count = 0
    /// The services that were added, as option and value; the servers with the place of their service.
    private var services: [(option: String, value: String)] = []
    private var servers: [(service: Int, value: String)] = []

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// The next command line; every tenth shows the whole table.
    mutating func next() -> CommandLineStep {
        count += 1
        if !due.isEmpty { return due.removeFirst() }
        if count.isMultiple(of: 20) { return CommandLineStep(words: ["-Sn"]) }
        // The original saves no thresholds.
        if count.isMultiple(of: 10) { return CommandLineStep(words: ["-Ln", "--thresholds"]) }
        if random.once(in: 25) { return restore() }
        return CommandLineStep(words: line(of: pick(RandomCommand.often)))
    }

    /// A restore, a look at what has come of it, and an empty table for what follows.
    private mutating func restore() -> CommandLineStep {
        var text = random.once(in: 8) ? "\n" : ""
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let words = line(of: pick([RandomCommand.addService, RandomCommand.addServer]), faults: 60)
            // What a rule is made of is parted at blanks.
            text += words.filter { !$0.isEmpty && !$0.contains(" ") }.joined(separator: " ") + "\n"
        }
        due = [CommandLineStep(words: ["-Sn"]), CommandLineStep(words: ["-C"])]
        services = []
        servers = []
        return CommandLineStep(words: [random.once(in: 2) ? "-R" : "--restore"], input: text)
    }

    /// A command line; one in `faults` of its parts is not what it should be.
    private mutating func line(of kind: RandomCommand, faults: Int = 16) -> [String] {
        var options = kind.needed.filter { _ in !random.once(in: 3 * faults) }.map { pick($0) }
        for option in kind.optional where random.once(in: 6) && !options.contains(option) { options.append(option) }
        var values = matchingValues(for: &options, of: kind, faults: faults)
        if random.once(in: faults) { options.append(pick(RandomOption.all).name) }
        if random.once(in: 4 * faults), let first = options.first { options.append(first) }
        if random.once(in: 4) { options.shuffle(using: &random) }

        var words = command(kind)
        for option in options {
            append(.named(option), value: values.removeValue(forKey: option), to: &words, faults: faults)
        }
        for _ in 0..<kind.plainWords where !random.once(in: 2 * faults) {
            words.append(
                random.once(in: faults) ? pick(RandomOption.numbers) : pick(["0", "1", "30", "120", "900", "2000000"])
            )
        }
        damage(&words, faults: 2 * faults)
        return words
    }

    /// Values that go together, mostly of what earlier lines have added; the options change where they depend on that.
    private mutating func matchingValues(for options: inout [String], of kind: RandomCommand, faults: Int) -> [String:
        String]
    {
        var values: [String: String] = [:]
        if options.contains("sched-flags"), !random.once(in: faults) {
            let scheduler = pick(["sh", "mh"])
            if !options.contains("scheduler") { options.append("scheduler") }
            values["scheduler"] = scheduler
            values["sched-flags"] = pick(
                RandomOption.named("sched-flags").good.filter { !$0.contains("h-") || $0.contains(scheduler) }
            )
        }
        if options.contains(where: RandomCommand.tunnelOptions.contains), !random.once(in: faults) {
            options.removeAll { RandomCommand.forwardingAndTunnelOptions.contains($0) }
            let checksums = [[], ["tun-nocsum"], ["tun-csum"], ["tun-remcsum"]]
            switch Int.random(in: 0..<3, using: &random) {
            case 0: options += ["ipip"]
            case 1:
                options += ["ipip", "tun-type"] + pick(Array(checksums.prefix(3)))
                values["tun-type"] = "gre"
            default:
                options += ["ipip", "tun-type", "tun-port"] + pick(checksums)
                values["tun-type"] = "gue"
            }
        }
        guard let place = options.firstIndex(where: RandomCommand.service.contains), !random.once(in: faults) else {
            return values
        }
        if kind.name != RandomCommand.addService.name, !services.isEmpty, !random.once(in: 6) {
            var index = services.indices.suffix(6).randomElement(using: &random) ?? 0
            if ["edit-server", "delete-server"].contains(kind.name),
                let server = servers.suffix(6).randomElement(using: &random)
            {
                index = server.service
                values["real-server"] = server.value
            }
            options[place] = services[index].option
            values[options[place]] = services[index].value
        } else {
            values[options[place]] = pick(RandomOption.named(options[place]).good)
        }
        let option = options[place]
        let value = values[option] ?? ""
        // Servers of the service's family, which is all that most ways of forwarding allow.
        if options.contains("real-server"), values["real-server"] == nil {
            values["real-server"] = pick(
                RandomOption.named("real-server").good.filter { $0.hasPrefix("[") == value.hasPrefix("[") }
            )
        }
        if option == "fwmark-service", random.once(in: 6) { options.insert("ipv6", at: place + 1) }
        if kind.name == RandomCommand.addService.name { services.append((option, value)) }
        if kind.name == RandomCommand.addServer.name, let server = values["real-server"],
            let service = services.lastIndex(where: { $0 == (option, value) })
        {
            servers.append((service, server))
        }
        return values
    }

    private mutating func command(_ kind: RandomCommand) -> [String] {
        guard kind.value.isEmpty else {
            let value = random.once(in: 10) ? pick(["", "Master", "both", "master ", "backup=1"]) : pick(kind.value)
            return random.once(in: 3) ? ["--\(kind.name)=\(value)"] : ["--\(kind.name)", value]
        }
        guard let letter = kind.letter, !random.once(in: 4) else { return ["--\(kind.name)"] }
        return ["-\(letter)"]
    }

    private mutating func append(_ option: RandomOption, value given: String?, to words: inout [String], faults: Int) {
        var value = given
        if option.argument != .none {
            value = random.once(in: faults) ? pick(option.bad) : given ?? pick(option.good)
            if random.once(in: option.argument == .optional ? 2 : 10 * faults) { value = nil }
        } else if random.once(in: 10 * faults) {
            value = pick(RandomOption.numbers)
        }
        let name: String
        if let letter = option.letter, !random.once(in: 4) {
            // Letters stand together where the word before is one of letters alone.
            let last = words.last ?? ""
            if last.count <= 4, last.hasPrefix("-"), !last.hasPrefix("--"), last.count >= 2, isOfLetters(last),
                random.once(in: 3)
            {
                name = words.removeLast() + letter
            } else {
                name = "-\(letter)"
            }
        } else {
            name = "--\(option.name)"
        }
        guard let value else { return words.append(name) }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: words.append("\(name)=\(value)")
        case 1 where !name.hasPrefix("--"): words.append(name + value)
        default: words += [name, value]
        }
    }

    /// Whether a word is made of the letters of options that take no value.
    private func isOfLetters(_ word: String) -> Bool {
        word.dropFirst().allSatisfy { "AEDaedLlZSCgimonc6X".contains($0) }
    }

    /// Takes words away, adds some, cuts names short.
    private mutating func damage(_ words: inout [String], faults: Int) {
        if random.once(in: faults) {
            words.insert(pick(Self.strayWords), at: Int.random(in: 0...words.count, using: &random))
        }
        if random.once(in: 2 * faults), !words.isEmpty {
            words.remove(at: Int.random(in: 0..<words.count, using: &random))
        }
        if random.once(in: 2 * faults), words.count > 1 {
            words.swapAt(
                Int.random(in: 0..<words.count, using: &random),
                Int.random(in: 0..<words.count, using: &random)
            )
        }
        if random.once(in: faults),
            let place = words.indices.filter({ words[$0].hasPrefix("--") }).randomElement(using: &random)
        {
            words[place].removeLast()
        }
        if random.once(in: 2 * faults), let kind = RandomCommand.all.randomElement(using: &random) {
            words.insert(contentsOf: command(kind), at: Int.random(in: 0...words.count, using: &random))
        }
    }

    private static let strayWords = [
        "", " ", "-", "--", "---", "-=", "--=", "foo", "80", "ipvsadm", "-q", "-k", "--foo", "--no", "-1", "-\u{e9}",
        "–t", "-ng",
        "-nn", "-t", "-p", "--tcp", "--Add-service", "--syncid=", "--timeout=5", "master",
    ]

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }
}
