import Addresses
import Configuration
import IPVS

/// Every directive of a file under its name with the value in effect, after defaults and inheritance.
package struct EffectiveDirectives: Hashable, Sendable {
    /// A value, in the type that it has outside of files.
    package enum Value: Hashable, Sendable {
        case string(String)
        case number(Int)
        /// A time; others are told it in seconds.
        case time(Duration)
        /// `yes` or `no`.
        case boolean(Bool)
        case list([String])
        /// Nothing is set, and nothing holds by default.
        case absent
    }

    /// A directive with its value.
    package struct Directive: Hashable, Sendable {
        /// The name as files have it.
        package let name: String
        /// The value in effect.
        package let value: Value

        init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }

        private static let secrets: Set<String> = ["login", "passwd", "secret"]

        /// The same without its value, where that is nobody's business.
        fileprivate var hidingSecret: Directive {
            guard Self.secrets.contains(name), case .string = value else { return self }
            return Directive(name, .string("hidden"))
        }
    }

    /// The directives of a virtual server.
    package struct Virtual: Hashable, Sendable {
        /// The directives of the virtual server itself.
        package let directives: [Directive]
        /// The directives of each real server, in the order of the configuration.
        package let reals: [[Directive]]
        /// The directives of the fallback, its own or that of the file; nil where it has none.
        package let fallback: [Directive]?
    }

    /// The directives of the whole file.
    package let global: [Directive]
    /// The virtual servers, in the order of the configuration.
    package let virtuals: [Virtual]

    /// The same with `hidden` in the place of every login, password and shared secret.
    package var hidingSecrets: EffectiveDirectives {
        EffectiveDirectives(
            global: global,
            virtuals: virtuals.map { virtual in
                Virtual(
                    directives: virtual.directives.map(\.hidingSecret),
                    reals: virtual.reals,
                    fallback: virtual.fallback
                )
            }
        )
    }

    private init(global: [Directive], virtuals: [Virtual]) {
        self.global = global
        self.virtuals = virtuals
    }

    init(of writer: LdirectordWriter) {
        let sections = writer.sections
        global = sections.global.effectiveDirectives(writer.configuration, writer.fallbacks)
        virtuals = zip(writer.configuration.virtualServers, writer.keptSections).map { server, index in
            let section = sections.virtuals[index]
            let shared = section.shared.inheriting(sections.global.shared)
            let plan = CheckPlan(section: section, shared: shared, key: server.service.key, hostName: writer.hostName)
            let entries = Dictionary(
                section.reals.map { ($0.place.line.number, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            return Virtual(
                directives: section.effectiveDirectives(server, plan),
                reals: server.realServers.map { $0.effectiveDirectives(entries[$0.place?.line ?? 0], plan) },
                fallback: server.standby.map {
                    let destination = $0.server.destination(in: server.service)
                    return [
                        Directive(
                            section.family == .ipv6 ? "fallback6" : "fallback",
                            .string("\(destination.endpoint)")
                        ),
                        Directive("forward", .string(ForwardingWords.word(destination.forwarding))),
                        Directive("weight", .number(Int(destination.weight))),
                    ]
                }
            )
        }
    }
}
