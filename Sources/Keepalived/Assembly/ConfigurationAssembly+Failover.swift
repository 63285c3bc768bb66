// Failover between directors: what stands in the file for it is looked at, and told to do nothing yet.
extension ConfigurationAssembly {
    mutating func noteFailover() {
        for entry in words.file.entries + words.globals.entries where entry.rule.standing == .failover {
            findings.warning(
                entry.block == nil
                    ? "\(entry.rule.name) does nothing: failover between directors is not built yet"
                    : "\(entry.rule.name) is checked for its form alone: failover between directors is not built yet",
                at: entry.keyword
            )
        }
        var form = FailoverForm(words: words, findings: findings)
        form.check()
        findings = form.findings
    }
}
