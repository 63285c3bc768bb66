import Glibc
import System
import TestKit

@testable import DirectorCommand

/// A process that looks like a director's daemon from outside: it has written its PID file and answers signals.
final class StandIn {
    /// How it takes signals, in the language of its program.
    enum Manner: String {
        /// TERM ends it, and HUP too.
        case mortal = ""
        /// TERM does nothing.
        case stubborn = "$SIG{TERM} = 'IGNORE';"
        /// HUP is counted in the status file, as a reload that was good.
        case reloading = "$SIG{HUP} = sub { $reloads++; status('outcome=loaded') };"
        /// HUP is counted in the status file, as a reload of a file with errors.
        case failing = "$SIG{HUP} = sub { $reloads++; status(\"outcome=failed\\nmessage=web.cf:2:1: no\") };"
        /// HUP makes it miss something in the kernel's table.
        case robbed = "$SIG{HUP} = sub { $reloads++; status(\"outcome=loaded\\nmissing=virtual server 10.0.0.1:80\") };"
    }

    let id: Int32
    private let program: StartedProgram

    struct Silent: Error {}

    /// Starts a process for an instance and waits until it is ready.
    ///
    /// - Parameters:
    ///   - name: the process's own name.
    ///   - hasStatus: whether there is a status file beside the PID file.
    init(
        _ manner: Manner,
        instance: String,
        in folder: String,
        name: String = "/usr/sbin/ldirectord",
        hasStatus: Bool = true
    ) throws {
        let path = "\(folder)/ldirectord.\(instance)"
        unlink("\(path).pid")
        program = try StartedProgram(
            "/usr/bin/perl",
            ["-e", Self.script(manner, hasStatus: hasStatus), path],
            name: name
        )
        let isReady = Waiting.until(.seconds(60)) { SystemFile.exists("\(path).pid") }
        guard isReady, let text = SystemFile.text("\(path).pid"), let id = Int32(text.dropLast()) else {
            throw Silent()
        }
        self.id = id
    }

    /// Whether the process still runs.
    var isRunning: Bool { program.isRunning }

    /// Ends it.
    func end() {
        program.kill()
        _ = try? program.finish()
    }

    private static func script(_ manner: Manner, hasStatus: Bool) -> String {
        """
        my $reloads = 0;
        sub put { my ($kind, $text) = @_; open F, '>', "$ARGV[0].new"; print F $text; close F;
            rename "$ARGV[0].new", "$ARGV[0].$kind"; }
        sub status { put('status', "pid=$$\\nconfiguration=web.cf\\nphase=running\\nreloads=$reloads\\n$_[0]\\n"); }
        \(manner.rawValue)
        \(hasStatus ? "status('outcome=loaded');" : "")
        put('pid', "$$\\n");
        sleep while 1;
        """
    }
}
