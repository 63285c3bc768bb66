import Configuration
import Failover

// Groups of virtual routers, and who is told of them.
extension FailoverAssembly {
    /// A group that an instance is in.
    struct Membership {
        let block: CheckedBlock
        let hasWeights: Bool
    }

    /// Reads the groups; gives that of each member.
    mutating func readGroups(
        into configuration: inout FailoverConfiguration,
        _ trackFiles: [String: TrackFile]
    ) -> [String: Membership] {
        let instances = Set(words.file.all("vrrp_instance").compactMap(\.text))
        let owners = ownerNames
        var members: [String: Membership] = [:]
        for entry in words.file.all("vrrp_sync_group") {
            guard let name = entry.text, let block = entry.block else { continue }
            let hasWeights = block.has("sync_group_tracking_weight")
            var group = SyncGroup(name, members: [])
            for member in block.blocks("group").flatMap(\.entries).flatMap(\.values) {
                // Names that lead to nothing have been told.
                guard case .text(let name) = member.value, instances.contains(name) else { continue }
                guard members[name] == nil else {
                    findings.warning("\(name) is in a group already, and the first counts", at: member.word)
                    continue
                }
                members[name] = Membership(block: block, hasWeights: hasWeights)
                group.members.append(name)
            }
            guard !group.members.isEmpty else { continue }
            if block.blocks("group").flatMap(\.entries).flatMap(\.values).count == 1 {
                findings.warning("a group of one instance keeps nothing together", at: entry.place)
            }
            let count = group.members.filter(owners.contains).count
            if count > 0, count < group.members.count {
                findings.warning(
                    "some members have priority 255 and others do not: they cannot be master together",
                    at: entry.place
                )
            }
            group.hasWeights = hasWeights
            group.trackers = trackers(of: block, trackFiles, nil)
            configuration.routing.groups.append(group)
            configuration.groupNotices[name] = notices(of: block, inheriting: nil)
        }
        return members
    }

    /// The instances that own their addresses.
    private var ownerNames: Set<String> {
        Set(
            words.file.all("vrrp_instance").compactMap { entry in
                guard let block = entry.block else { return nil }
                let isOwner =
                    block.number("priority") == 255 || !block.mentions("priority") && block.text("state") == "MASTER"
                return isOwner ? entry.text : nil
            }
        )
    }

    /// Who is told of an instance or a group.
    ///
    /// - Parameter group: the block of the instance's group.
    mutating func notices(of block: CheckedBlock, inheriting group: CheckedBlock?) -> FailoverNotices {
        var notices = FailoverNotices()
        notices.master = notice(block, "notify_master")
        notices.backup = notice(block, "notify_backup")
        notices.fault = notice(block, "notify_fault")
        notices.stop = notice(block, "notify_stop")
        notices.deleted = notice(block, "notify_deleted")
        notices.tellsDeletion = block.has("notify_deleted")
        notices.any = notice(block, "notify")
        notices.lowerPriority = notice(block, "notify_master_rx_lower_pri")
        notices.tellsPriorities =
            block.boolean("notify_priority_changes") ?? group?.boolean("notify_priority_changes")
            ?? defaults.tellsPriorities
        notices.sendsMail = block.boolean("smtp_alert") ?? defaults.sendsMail
        if block.boolean("smtp_alert") == true, mail == nil, let entry = block.entry("smtp_alert") {
            findings.warning(
                "smtp_alert tells nobody",
                at: entry.keyword,
                expected: "notification_email and smtp_server in global_defs"
            )
        }
        return notices
    }

    private func notice(_ block: CheckedBlock, _ name: String) -> NoticeProgram? {
        block.script(name).map { words.notice($0, answers.accounts) }
    }
}
