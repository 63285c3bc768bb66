/// What a virtual router does differently from the rule.
package struct Habits: Hashable, Codable, Sendable {
    /// Whether a master that hears a lower priority advertises at once (not `lower_prio_no_advert`).
    package var answersLowerPriority = true
    /// Whether a master that yields advertises a last time (`higher_prio_send_advert`), by which the winner announces itself.
    package var advertisesBeforeYielding = true
    /// Whether the addresses in advertisements of the known master are not looked at again (`skip_check_adv_addr`).
    package var trustsKnownMaster = false
    /// Whether RFC 9568 is kept to the letter (`strict_mode`).
    package var isStrict = false
    /// The master that was stalled: whether it becomes backup (`timer_expired_backup`).
    package var yieldsAfterStall = false
    /// Whether an owner pays no heed to advertisements (`owner_ignore_adverts`).
    package var ignoresOthersAsOwner = false

    /// Makes habits as they are when a file says nothing.
    package init() {}
}
