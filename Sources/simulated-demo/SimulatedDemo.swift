/// The steps of `contrib/lab.d/demo`, under the same headings, without traffic.
struct SimulatedDemo {
    let stage: DemoStage
    private static let savedFile = "/tmp/saved.rules"

    func run() throws(DemoFailure) {
        try make()
        let saved = try save()
        try change()
        try restore(saved)
        try stage.heading("9. The same for programs: the beginning of the table as JSON")
        try stage.say("$ ipvsadm -L --json | head -n 12\n")
        let lines = try stage.answer(to: "ipvsadm -L --json").split(separator: "\n").prefix(12)
        try stage.say(lines.joined(separator: "\n") + "\n")
        try direct()
        try stage.heading("Done: the table was as expected at each step. No request was sent.")
    }

    private func make() throws(DemoFailure) {
        try stage.heading("1. A client, a director and three web servers, each in a network namespace")
        try stage.say("Only the table of the director is there: the kernel is simulated and has no network.\n")
        try stage.heading("2. A virtual service, round robin, with network address translation")
        try stage.show("ipvsadm -A -t 10.1.0.100:80 -s rr")
        try stage.show("ipvsadm -a -t 10.1.0.100:80 -r 10.2.0.11:80 -m")
        try stage.show("ipvsadm -a -t 10.1.0.100:80 -r 10.2.0.12:80 -m")
        try stage.heading("3. Both servers answer in turn")
        try stage.expectServers(["10.2.0.11", "10.2.0.12"])
        try stage.heading("4. The table of the kernel")
        try stage.show("ipvsadm -L -n")
    }

    private func save() throws(DemoFailure) -> String {
        try stage.heading("5. The table saved as rules")
        let saved = try stage.answer(to: "ipvsadm-save -n")
        try stage.say("$ ipvsadm-save -n >\(Self.savedFile)\n\(saved)")
        return saved
    }

    private func change() throws(DemoFailure) {
        try stage.heading("6. The table changed: one weight, one server away, another one added")
        try stage.show("ipvsadm -e -t 10.1.0.100:80 -r 10.2.0.11:80 -m -w 3")
        try stage.show("ipvsadm -d -t 10.1.0.100:80 -r 10.2.0.12:80")
        try stage.show("ipvsadm -a -t 10.1.0.100:80 -r 10.2.0.13:80 -m -w 0")
        try stage.show("ipvsadm -L -n")
        try stage.expectServers(["10.2.0.11"])
    }

    private func restore(_ saved: String) throws(DemoFailure) {
        try stage.heading("7. What restoring the saved rules would change; nothing is sent yet")
        try stage.show(
            "ipvsadm-restore --plan",
            typed: "ipvsadm-restore --plan <\(Self.savedFile)",
            input: saved,
            expecting: 1
        )
        try stage.say("exit status 1\n")
        try stage.heading("8. The saved rules restored: the difference only, no connection is lost")
        try stage.show("ipvsadm-restore", typed: "ipvsadm-restore <\(Self.savedFile)", input: saved)
        try stage.show("ipvsadm -L -n")
        guard try stage.answer(to: "ipvsadm-save -n") == saved else { throw .notRestored }
        try stage.expectServers(["10.2.0.11", "10.2.0.12"])
    }
}
