/// A named pipe that gets a line for each change of servers and pools.
package struct EventPipe: Hashable, Sendable {
    /// The path of the pipe, which is made where there is none.
    package var path: String
    /// The owner of a pipe that is made; nil for the user of this process.
    package var user: String?
    /// The group of a pipe that is made; nil for the user's.
    package var group: String?
    /// The program that is run to read it, with the path as its last argument; nil for none.
    package var reader: NoticeProgram?

    /// Makes a pipe of that path without a reader of its own.
    package init(path: String, user: String? = nil, group: String? = nil, reader: NoticeProgram? = nil) {
        self.path = path
        self.user = user
        self.group = group
        self.reader = reader
    }
}
