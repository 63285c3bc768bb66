import Addresses
import Failover

// Who hears a virtual router, and how it proves who it is.
extension FailoverAssembly {
    mutating func audience(_ frame: RouterFrame) -> Audience {
        let block = frame.block
        let said = block.entry("unicast_src_ip") ?? block.entry("mcast_src_ip")
        var source: IPAddress?
        if let entry = said, case .address(let address)? = entry.values.first?.value {
            source = address
            noteFamily(of: address, at: entry.place, frame)
        }
        // A list that could not be read has been told, and is none of multicast.
        let isUnicast =
            !block.peers.isEmpty || block.has("unicast_fault_no_peer")
            || block.blocks("unicast_peer").contains(where: \.hasFailures)
        guard isUnicast else {
            noteUnicastWords(frame)
            return .multicast(MulticastSettings(group: group(frame), source: source))
        }
        return .unicast(unicast(frame, source))
    }

    private mutating func unicast(_ frame: RouterFrame, _ source: IPAddress?) -> UnicastSettings {
        let block = frame.block
        var known: Set<IPAddress> = []
        var peers: [UnicastSettings.Peer] = []
        for (peer, word) in block.peers {
            noteFamily(of: peer.address, at: word, frame)
            if peer.address == source {
                findings.error("\(peer.address) is this router's own source", at: word)
            } else if known.insert(peer.address).inserted {
                peers.append(peer)
            } else {
                findings.warning("the peer \(peer.address) is there already", at: word)
            }
        }
        if peers.isEmpty, let entry = block.entry("unicast_fault_no_peer") {
            findings.warning("nobody hears an instance without peers, and it is in fault", at: entry.keyword)
        }
        if frame.isStrict, let entry = block.entry("unicast_peer") {
            findings.warning("strict mode has no peers by their addresses, which are kept", at: entry.keyword)
        }
        if frame.interface == nil, frame.family == .ipv6, case .v6(let address)? = source, address.isLinkLocal {
            findings.error("a link-local source needs an interface", at: frame.place, expected: "interface NAME")
        }
        var settings = UnicastSettings(source: source, peers: peers)
        settings.hops = block.number("unicast_ttl").map { UInt8(clamping: $0) }
        if let entry = block.entry("unicast_ttl"), let number = entry.number, number < 255 {
            findings.warning(
                "with a TTL of \(number) no peer can tell that advertisements come from its own link",
                at: entry.place,
                expected: "255"
            )
        }
        let isAsked = block.boolean("check_unicast_src") ?? defaults.checksSource ?? true
        settings.refusesStrangers = isAsked || peers.contains { $0.hops != nil }
        settings.failsWithoutPeers = block.has("unicast_fault_no_peer")
        return settings
    }

    /// The group of a virtual router.
    private mutating func group(_ frame: RouterFrame) -> IPAddress {
        guard let entry = frame.block.entry("mcast_dst_ip"), let group = frame.block.address("mcast_dst_ip") else {
            return defaults.group(frame.family)
        }
        guard group.isMulticast else {
            findings.error("\(group) is no multicast group", at: entry.place)
            return defaults.group(frame.family)
        }
        noteFamily(of: group, at: entry.place, frame)
        return group
    }

    private mutating func noteFamily(of address: IPAddress, at word: Word, _ frame: RouterFrame) {
        guard address.family != frame.family else { return }
        findings.error("\(address) is of another family than the addresses of the instance", at: word)
    }

    /// Tells of words for peers where there are none.
    private mutating func noteUnicastWords(_ frame: RouterFrame) {
        for name in ["unicast_peer", "unicast_src_ip", "unicast_ttl", "check_unicast_src"] {
            guard let entry = frame.block.entry(name) else { continue }
            findings.warning(
                "\(name) without peers: advertisements go to the group of multicast",
                at: entry.keyword,
                expected: name == "unicast_src_ip" ? "mcast_src_ip, or unicast_peer" : "unicast_peer { ADDRESS }"
            )
            return
        }
    }
}

// Passwords and keys.
extension FailoverAssembly {
    mutating func authentication(_ frame: RouterFrame) -> Authentication? {
        if let block = frame.block.blocks("auth_hmac").last {
            if let entry = frame.block.entry("authentication") {
                findings.warning("authentication does nothing beside auth_hmac", at: entry.keyword)
            }
            return trailer(block, frame)
        }
        guard let block = frame.block.blocks("authentication").last else { return nil }
        let password = block.entry("auth_pass")
        if let password, let text = password.text, text.utf8.count > 8 {
            findings.warning("a password has 8 letters, and the others do not count", at: password.place)
        }
        guard let entry = block.entry("auth_type"), let type = entry.text else {
            if !block.mentions("auth_type"), let password {
                findings.warning(
                    "a password without auth_type does nothing",
                    at: password.keyword,
                    expected: "auth_type PASS"
                )
            }
            return nil
        }
        guard frame.version == .two, !frame.isStrict else {
            findings.warning("\(frame.isStrict ? "strict mode" : "version 3") has no authentication", at: entry.keyword)
            return nil
        }
        guard let text = password?.text, !text.isEmpty else {
            if !block.mentions("auth_pass") {
                findings.warning(
                    "there is no authentication without a password",
                    at: entry.keyword,
                    expected: "auth_pass"
                )
            }
            return nil
        }
        let key = Array(text.utf8.prefix(8))
        guard type == "AH" else { return .password(key) }
        guard frame.family == .ipv4 else {
            findings.warning("IPv6 has no authentication header", at: entry.place, expected: "PASS")
            return nil
        }
        return .header(key)
    }

    private mutating func trailer(_ block: CheckedBlock, _ frame: RouterFrame) -> Authentication? {
        var keys: [UInt8: [UInt8]] = [:]
        var isWrong = block.hasFailures
        for entry in block.all("key") {
            guard let value = entry.values.first, case .key(let number, let key) = value.value else { continue }
            if keys[number] != nil {
                findings.error("the key \(number) is there already", at: entry.keyword)
                isWrong = true
            }
            switch key {
            case .bytes(let bytes): keys[number] = bytes
            case .file(let path):
                keys[number] = side.keys[path]
                if keys[number] == nil {
                    findings.error("no key in \(path): \(side.faults[path] ?? "it was not read")", at: value.word)
                    isWrong = true
                }
            }
        }
        let active = block.number("active_key").map { UInt8(clamping: $0) } ?? (keys.count == 1 ? keys.keys.first : nil)
        guard !isWrong else { return nil }
        guard let active, keys[active] != nil else {
            findings.error(
                active.map { "there is no key \($0)" } ?? "it is not said which key is sent",
                at: block.entry("active_key")?.place ?? block.keyword,
                expected: "active_key N, and key N"
            )
            return nil
        }
        var settings = TrailerSettings(keys: keys, activeKey: active)
        switch block.text("mode") {
        case "permissive": settings.mode = .permissive
        case "receive-only": settings.mode = .receiveOnly
        default: settings.mode = .enforced
        }
        if frame.isStrict, settings.mode != .enforced, let entry = block.entry("mode") {
            findings.error("strict mode has enforce alone", at: entry.place)
        }
        if block.text("anti_replay") == "monotonic" {
            if let entry = block.entry("time_window") {
                findings.warning("time_window does nothing with anti_replay monotonic", at: entry.keyword)
            }
        } else {
            let interval = frame.block.time("advert_int") ?? .seconds(1)
            settings.timeWindow = block.time("time_window") ?? max(interval * 3, .seconds(5))
        }
        return .trailer(settings)
    }
}
