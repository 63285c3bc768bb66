/// How a daemon is to run that is started.
enum LdirectordManner: Hashable {
    /// On its own, the program that started it ends.
    case background
    /// As the process that was started, which logs where the configuration says: below systemd, or in a container.
    case foreground
    /// As the process that was started, which logs to standard error.
    case debugging
}
