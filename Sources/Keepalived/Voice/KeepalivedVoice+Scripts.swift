import Director

// What is said of what the process does for virtual routers: tracked scripts, and the other process.

extension KeepalivedVoice {
    static func lines(about event: FailoverEvent) -> [String] {
        switch event {
        case .script(let name, let event): [line(about: event, of: name)]
        case .linked: ["The VRRP process is there"]
        case .unlinked(let reason): ["The VRRP process cannot be spoken with: \(reason); it goes on by what it knows"]
        case .routersStarted: ["Starting VRRP child process"]
        case .routersEnded(let reason, let pause):
            [
                "VRRP child process died: Respawning"
                    + (pause == .zero ? "" : " in \(pause.components.seconds + 1) s") + " (\(reason))"
            ]
        case .refused(let reason): ["The VRRP process refused the configuration: \(reason)"]
        case .acceptsForServices(let router):
            ["(\(router)) accepts traffic for its addresses, as a virtual server has one of them"]
        }
    }

    private static func line(about event: ScriptEvent, of name: String) -> String {
        switch event {
        case .returned(let status): "Script `\(name)` now returning \(status)"
        case .said(let words): "Script `\(name)` said: \(words)"
        case .succeeded: "VRRP_Script(\(name)) succeeded"
        case .failed(.exited(let status)): "VRRP_Script(\(name)) failed (exited with status \(status))"
        case .failed(.signalled(let signal)): "VRRP_Script(\(name)) failed (due to signal \(signal))"
        case .failed(.timedOut): "VRRP_Script(\(name)) timed_out"
        case .failed(.notRun(let reason)): "VRRP_Script(\(name)) failed (not run: \(reason))"
        case .overlaps: "Track script \(name) is already running, expect idle - skipping run"
        case .unasked(let reason): "Script `\(name)` could not be run, which counts for nothing: \(reason)"
        }
    }
}
