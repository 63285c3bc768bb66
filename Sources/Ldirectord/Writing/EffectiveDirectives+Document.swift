import Configuration
import IPVS
import Rules

extension EffectiveDirectives {
    /// The directives for programs, by their names.
    ///
    /// - `global`: an object of the global directives
    /// - `virtual`: a list of the virtual servers, each with `flags`, the words of `ipvsadm -A`; its directives; `real`, a
    ///   list of objects; and `fallback`, an object or absent
    func document(of configuration: DirectorConfiguration) -> DocumentValue {
        .object([
            .init("global", .object(Self.members(of: global))),
            .init(
                "virtual",
                .list(
                    zip(virtuals, configuration.virtualServers).map { virtual, server in
                        .object(virtual.members(flags: Self.flags(of: server.service)))
                    }
                )
            ),
        ])
    }

    fileprivate static func members(of directives: [Directive]) -> [DocumentValue.Member] {
        directives.map { .init($0.name, $0.value.document) }
    }

    /// The words that make a service, without the command.
    private static func flags(of service: VirtualService) -> String {
        String(RuleWriter().text(of: .addService(service)).dropFirst("-A ".count))
    }
}

extension EffectiveDirectives.Virtual {
    fileprivate func members(flags: String) -> [DocumentValue.Member] {
        [.init("flags", .string(flags))] + EffectiveDirectives.members(of: directives) + [
            .init("real", .list(reals.map { .object(EffectiveDirectives.members(of: $0)) })),
            .init("fallback", fallback.map { .object(EffectiveDirectives.members(of: $0)) } ?? .absent),
        ]
    }
}

extension EffectiveDirectives.Value {
    fileprivate var document: DocumentValue {
        switch self {
        case .string(let text): .string(text)
        case .number(let number): .number(number)
        case .time(let time): .time(time)
        case .boolean(let isYes): .boolean(isYes)
        case .list(let words): .list(words.map { .string($0) })
        case .absent: .absent
        }
    }
}
