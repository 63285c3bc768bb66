/// The variables of a daemon's environment that are for itself and not for programs that it runs: what the service manager
/// and the dynamic linker tell it, and what a shell that it was started from left.
enum OwnVariables {
    private static let names: Set<String> = [
        "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "MAINPID", "MANAGERPID", "INVOCATION_ID", "JOURNAL_STREAM",
        "SYSTEMD_EXEC_PID", "SYSTEMD_NSS_DYNAMIC_BYPASS", "MEMORY_PRESSURE_WATCH", "MEMORY_PRESSURE_WRITE", "FDSTORE",
        "CREDENTIALS_DIRECTORY", "RUNTIME_DIRECTORY", "STATE_DIRECTORY", "CACHE_DIRECTORY", "LOGS_DIRECTORY",
        "CONFIGURATION_DIRECTORY", "OLDPWD", "PWD", "SHLVL", "_",
    ]
    private static let beginnings = ["LISTEN_", "LD_", "TRIGGER_", "BASH_FUNC_"]

    /// Whether a variable of that name is one of them.
    static func contains(_ name: String) -> Bool {
        names.contains(name) || beginnings.contains { name.hasPrefix($0) }
    }
}
