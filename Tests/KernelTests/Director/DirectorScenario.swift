/// A configuration and what happens under it: Debian's ldirectord and our director must end with the same tables.
struct DirectorScenario: Sendable {
    /// One thing that happens, or the table that must be at rest then.
    enum Step: Sendable {
        /// The director is started with the configuration as it is then.
        case start
        /// It is told to stop, and ends.
        case stop
        /// It is told to read its configuration again, which is this now.
        case reload(String)
        /// A web server opens at port 8080 of 127.0.0.N, or fd00:9::N.
        case open(Int)
        /// It closes.
        case close(Int)
        /// A command of the shell, in which `FOLDER` is the scenario's folder.
        case run(String)
        /// A file of that name is made in the scenario's folder.
        case make(String)
        /// It is removed.
        case remove(String)
        /// An operator runs ipvsadm.
        case ipvsadm(String)
        /// The table is this, and stays it; where the original's is another, so by a key of the differences in
        /// `man/ldirectord.cf.5`.
        case rest(String, original: String? = nil, because: String? = nil)
    }

    let name: String
    /// The file that the director starts with, in which `FOLDER` is the scenario's folder.
    let configuration: String
    let steps: [Step]
}
