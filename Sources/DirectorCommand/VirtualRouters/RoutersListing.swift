import Addresses
import Console
import DirectorService
import Texts
import Time
import VRRP
import VRRPControl

/// How virtual routers stand, as a table for people and as JSON for machines.
struct RoutersListing {
    let status: RoutersStatus
    /// The number of their process.
    let process: Int32

    // MARK: For people

    /// A table with a line for each router, and below it what is out of the ordinary.
    var text: String {
        guard !status.node.routers.isEmpty else { return "no virtual routers\n" }
        var rows = [["ROUTER", "STATE", "SINCE", "PRIORITY", "MASTER", "INTERVAL", "SENT", "RECEIVED", "REJECTED"]]
        for router in status.node.routers {
            rows.append([
                router.name, router.state.word, Self.text(of: status.moment - router.since), "\(router.priority)",
                master(of: router), "\(Self.seconds(router.interval)) s", "\(router.counters.advertisementsSent)",
                "\(router.counters.advertisementsReceived)", "\(router.counters.rejected)",
            ])
        }
        var text = Self.table(rows)
        if !status.node.groups.isEmpty {
            text += "\n" + Self.table([["GROUP", "STATE"]] + status.node.groups.map { [$0.name, $0.state.word] })
        }
        let notes = status.node.routers.flatMap(notes) + moreNotes
        return notes.isEmpty ? text : text + "\n" + notes.map { "\($0)\n" }.joined()
    }

    private func master(of router: RouterStatus) -> String {
        switch router.state {
        case .master: router.source.map { "\($0) (here)" } ?? "here"
        case .backup: router.master.map { "\($0.address) (\($0.priority))" } ?? "-"
        case .initial, .fault: "-"
        }
    }

    private func notes(on router: RouterStatus) -> [String] {
        var notes = router.reasons.map { "\(router.name): in fault: \($0.words)" }
        if let rival = router.rival {
            notes.append(
                "\(router.name): \(rival.address) is master too: \(rival.difference.words); both have the addresses"
            )
        }
        if let difference = router.heldFor {
            notes.append("\(router.name): held: the master differs: \(difference.words)")
        }
        if let order = router.order { notes.append("\(router.name): ordered: \(order.rawValue), until released") }
        if router.state == .master, !router.isSettled {
            notes.append("\(router.name): not all of its addresses are set")
        }
        if router.counters.stalls > 0 {
            notes.append("\(router.name): woken too late \(router.counters.stalls) times")
        }
        return notes
    }

    private var moreNotes: [String] {
        var notes = status.deaf.sorted { $0.key < $1.key }.map { "\($0.key): has no sockets: \($0.value)" }
        if status.node.holdsTrackers {
            notes.append("there is no director: what scripts, files and servers were found to be is held")
        }
        return notes
    }

    /// Columns of the width that they need, all but the last with two blanks behind it.
    private static func table(_ rows: [[String]]) -> String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    /// A time as people read it: `4 s`, `12:31`, `3:05:00`, `6 d 3:05:00`.
    static func text(of time: Duration) -> String {
        let seconds = max(time.components.seconds, 0)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60)
        if days > 0 { return "\(days) d \(hours):\(two(minutes)):\(two(seconds % 60))" }
        if hours > 0 { return "\(hours):\(two(minutes)):\(two(seconds % 60))" }
        return minutes > 0 ? "\(minutes):\(two(seconds % 60))" : "\(seconds) s"
    }

    /// A number of seconds with as many digits behind the point as it takes.
    static func seconds(_ time: Duration) -> String {
        var text = TextBuffer()
        text.append(seconds: time)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    // MARK: For machines

    /// Writes an object; times are numbers of seconds, ages count from the moment of the answer.
    func write(to console: ProgramOutput) {
        var json = JSONWriter()
        json.object { json in
            json.member("process", process)
            json.member("generation", status.generation)
            json.key("uptime")
            json.seconds(status.moment - status.began)
            json.key("worst_lateness")
            json.seconds(status.worstLateness)
            json.key("holds_trackers")
            json.bool(status.node.holdsTrackers)
            json.key("routers")
            json.array { json in
                for router in status.node.routers { json.object { write(router, to: &$0) } }
            }
            json.key("groups")
            json.array { json in
                for group in status.node.groups {
                    json.object { json in
                        json.member("name", group.name)
                        json.member("state", group.state.word.lowercased())
                    }
                }
            }
        }
        console.write(&json.text)
    }

    private func write(_ router: RouterStatus, to json: inout JSONWriter) {
        json.member("name", router.name)
        json.member("state", router.state.word.lowercased())
        json.member("wanted_state", router.wantedState.word.lowercased())
        json.key("in_state")
        json.seconds(status.moment - router.since)
        json.member("priority", router.priority)
        json.optionalMember("source", router.source.map { "\($0)" })
        json.key("master")
        if let master = router.master {
            json.object { json in
                json.member("address", "\(master.address)")
                json.member("priority", master.priority)
            }
        } else {
            json.null()
        }
        json.key("interval")
        json.seconds(router.interval)
        json.key("last_advertisement")
        if let last = router.lastAdvertisement { json.seconds(status.moment - last) } else { json.null() }
        json.key("settled")
        json.bool(router.isSettled)
        json.optionalMember("order", router.order?.rawValue)
        json.optionalMember("held_for", router.heldFor?.words)
        json.key("rival")
        if let rival = router.rival {
            json.object { json in
                json.member("address", "\(rival.address)")
                json.member("difference", rival.difference.words)
            }
        } else {
            json.null()
        }
        json.optionalMember("deaf", status.deaf[router.name])
        json.key("reasons")
        json.array { json in
            for reason in router.reasons { json.string(reason.words) }
        }
        json.key("counters")
        json.object { json in
            for (name, value) in router.counters.named { json.member(name, value) }
        }
    }
}

extension RouterCounters {
    /// The counters by the names of keepalived's dumps, with those that it does not have behind them.
    var named: [(name: String, value: UInt64)] {
        [
            ("advert_rcvd", advertisementsReceived), ("advert_sent", advertisementsSent),
            ("become_master", becameMaster),
            ("release_master", releasedMaster), ("packet_len_err", lengthErrors),
            ("advert_interval_err", intervalErrors),
            ("ip_ttl_err", hopErrors), ("invalid_type_rcvd", typeErrors), ("addr_list_err", addressListErrors),
            ("invalid_authtype", unknownAuthentications), ("authtype_mismatch", otherAuthentications),
            ("auth_failure", authenticationFailures), ("auth_ext_missing", trailersMissing),
            ("auth_ext_malformed", trailersMalformed), ("auth_ext_unknown_key", trailersOfUnknownKeys),
            ("auth_ext_invalid_hmac", trailersInvalid), ("auth_ext_stale", trailersStale),
            ("auth_ext_replay", trailersReplayed), ("pri_zero_rcvd", priorityZeroReceived),
            ("pri_zero_sent", priorityZeroSent), ("rejected", rejected), ("stalls", stalls),
        ]
    }
}
