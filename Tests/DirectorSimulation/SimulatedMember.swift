import Configuration
import Dialogues
import IPVS

/// What somebody who sees all results and orders knows of a server of a pool.
struct SimulatedMember {
    let real: RealServer
    private(set) var answers: [SimulatedAnswers]
    private(set) var isInMaintenance: Bool
    /// The services in which it was found with weight at a start or a reload, so that it stays there until it has failed.
    var places: Set<ServiceKey> = []
    /// The weight that a program has told last, and the place of the check that it was told to.
    private var told: (check: Int, weight: Int)?
    /// What checks add to the configured weight, by their places; those of files, of which a server has one, may be large.
    private var shares: [Int: Int] = [:]

    init(_ real: RealServer, isInMaintenance: Bool) {
        self.real = real
        self.isInMaintenance = isInMaintenance
        answers = real.checks.map { SimulatedAnswers($0) }
    }

    /// Whether it has failed, or the operator keeps it out.
    var isDead: Bool { isInMaintenance || answers.contains(where: \.isDead) }
    /// Whether it may be down: nobody sees whether a check that fails has to fail once or more often.
    var mayBeDead: Bool { isInMaintenance || answers.contains(where: \.mayBeDead) }
    /// Whether all of its checks have passed.
    var isAlive: Bool { !isInMaintenance && answers.allSatisfy { $0.asks && $0.isAlive } }
    /// Whether all of its checks may have passed.
    var mayBeAlive: Bool { !isInMaintenance && answers.allSatisfy { $0.asks && $0.mayBeAlive } }
    /// Whether it is certain to be kept in service as far as it is concerned itself.
    var isInService: Bool { !isDead && (isAlive || !places.isEmpty) }
    /// Whether nothing speaks against giving it more weight.
    var mayRise: Bool { !isInMaintenance && answers.allSatisfy { $0.asks && $0.allowsRise } }

    /// Its weight while it is up.
    var weight: Int32 {
        let weight = told?.weight ?? shares.values.reduce(Int(real.weight), +)
        return Int32(clamping: max(0, weight))
    }

    /// Whether one of its checks asks that at that pace.
    func holds(_ probe: HealthCheck, _ pace: Pace) -> Bool {
        answers.contains { $0.check.probe == probe && $0.check.pace == pace }
    }

    mutating func count(_ result: CheckResult, of probe: HealthCheck, _ pace: Pace) {
        for index in answers.indices where answers[index].check.probe == probe && answers[index].check.pace == pace {
            // What is told once counts whenever it is told.
            guard !isInMaintenance || answers[index].isTold else { continue }
            if answers[index].isGood(result) { weigh(result, of: index) }
            answers[index].count(result)
        }
    }

    private mutating func weigh(_ result: CheckResult, of index: Int) {
        let status: Int
        switch result.layer {
        case .program(.passed): status = 0
        case .program(.exit(let number)): status = number
        case .file(let number): status = Int(number)
        default: return
        }
        switch answers[index].check.weightRule {
        case .none, .gate: break
        case .exitStatus(let base): told = status == 0 ? nil : (index, status - Int(base))
        case .share(let perUnit): shares[index] = status * Int(perUnit)
        }
    }

    /// Takes it out of service, or lets it be asked again.
    mutating func maintain(_ isNamed: Bool) {
        guard isNamed != isInMaintenance else { return }
        isInMaintenance = isNamed
        places = []
        answers = answers.map { $0.isTold ? $0 : SimulatedAnswers($0.check) }
    }

    /// Goes on from what is known of it under a former configuration.
    ///
    /// A check that stays keeps its answers. One that takes the place of another goes on from them as well, unless that
    /// would bring a server into service that never answered it: what has failed once may be down already. Where nobody
    /// sees whether that server serves, the answers may hold or not.
    mutating func goOn(from former: SimulatedMember) {
        isInMaintenance = former.isInMaintenance
        var unused = Array(former.answers.indices)
        var origins: [Int?] = Array(repeating: nil, count: answers.count)
        func match(_ isSame: (ServerCheck, ServerCheck) -> Bool) {
            for index in answers.indices where origins[index] == nil {
                let place = unused.firstIndex { isSame(former.answers[$0].check, answers[index].check) }
                if let place { origins[index] = unused.remove(at: place) }
            }
        }
        match { $0 == $1 }
        match { $0.probe == $1.probe }
        var doubtful: Set<Int> = []
        for index in answers.indices where origins[index] == nil && !unused.isEmpty {
            let origin = unused.removeFirst()
            let isCertain = former.isInService || !former.answers[origin].isAlive
            if isCertain || former.mayBeAlive { origins[index] = origin }
            if !isCertain { doubtful.insert(index) }
        }
        for (index, origin) in origins.enumerated() {
            guard let origin else { continue }
            let check = answers[index].check
            answers[index] = former.answers[origin].goingOn(as: check, isCertain: !doubtful.contains(index))
            guard check.weightRule == former.answers[origin].check.weightRule else { continue }
            if let told = former.told, told.check == origin { self.told = (index, told.weight) }
            if let share = former.shares[origin] { shares[index] = share }
        }
    }
}
