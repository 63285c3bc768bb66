import Configuration
import IPVS
import Ldirectord
import Rules
import Texts

/// A configuration as JSON: every directive under its name.
///
/// - `global`: an object of the global directives
/// - `virtual`: an array of the virtual servers, each with `flags`, the words of `ipvsadm -A`; its directives; `real`, an
///   array of objects; and `fallback`, an object or null
///
/// Numbers are numbers, times numbers of seconds, yes and no true and false, lists arrays; what is not set is null.
enum JSONConfiguration {
    /// Writes it as one object.
    static func append(
        _ directives: EffectiveDirectives,
        of configuration: DirectorConfiguration,
        to json: inout JSONWriter
    ) {
        json.object { json in
            json.key("global")
            json.object { append(directives.global, to: &$0) }
            json.key("virtual")
            json.array { json in
                for (virtual, server) in zip(directives.virtuals, configuration.virtualServers) {
                    json.object { append(virtual, flags: flags(of: server.service), to: &$0) }
                }
            }
        }
    }

    private static func append(_ virtual: EffectiveDirectives.Virtual, flags: String, to json: inout JSONWriter) {
        json.member("flags", flags)
        append(virtual.directives, to: &json)
        json.key("real")
        json.array { json in
            for real in virtual.reals {
                json.object { append(real, to: &$0) }
            }
        }
        json.key("fallback")
        if let fallback = virtual.fallback {
            json.object { append(fallback, to: &$0) }
        } else {
            json.null()
        }
    }

    private static func append(_ directives: [EffectiveDirectives.Directive], to json: inout JSONWriter) {
        for directive in directives {
            json.key(directive.name)
            switch directive.value {
            case .string(let text): json.string(text)
            case .number(let number): json.number(number)
            case .time(let time): json.seconds(time)
            case .boolean(let isYes): json.bool(isYes)
            case .list(let words):
                json.array { json in
                    for word in words { json.string(word) }
                }
            case .absent: json.null()
            }
        }
    }

    /// The words that make a service, without the command.
    private static func flags(of service: VirtualService) -> String {
        String(RuleWriter().text(of: .addService(service)).dropFirst("-A ".count))
    }
}
