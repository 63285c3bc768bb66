import TestKit
import Testing

extension FaultTests {
    /// Files that cannot be written.
    struct SaveFaultTests {
        /// A place for a file, made by a shell in the folder `place`, and why nothing can be saved there.
        struct Place: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let preparation: String
            var file = "place/rules"
            var prefix = ""
            let complaint: String

            /// Takes the right to pass over the permissions of files.
            private static let asOthers =
                "setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search "

            static let all = [
                Place(
                    testDescription: "a full disk",
                    preparation: "mount -t tmpfs -o size=64k tmpfs place; echo old >place/rules; "
                        + "head -c 1M /dev/zero >place/filler 2>/dev/null",
                    complaint: "No space left on device"
                ),
                Place(
                    testDescription: "a disk that fills meanwhile",
                    preparation: "mount -t tmpfs -o size=64k tmpfs place; echo old >place/rules",
                    complaint: "No space left on device"
                ),
                Place(
                    testDescription: "a disk without room for another file",
                    preparation: "mount -t tmpfs -o nr_inodes=2 tmpfs place; echo old >place/rules",
                    complaint: "No space left on device"
                ),
                Place(
                    testDescription: "a read-only disk",
                    preparation: "echo old >place/rules; mount --bind place place; mount -o remount,bind,ro place",
                    complaint: "Read-only file system"
                ),
                Place(
                    testDescription: "a folder of somebody else",
                    preparation: "echo old >place/rules; chown 65534 place",
                    prefix: asOthers,
                    complaint: "Permission denied"
                ),
                Place(
                    testDescription: "no folder",
                    preparation: ":",
                    file: "place/missing/rules",
                    complaint: "No such file or directory"
                ),
                Place(
                    testDescription: "a file for a folder",
                    preparation: "echo old >place/rules",
                    file: "place/rules/rules",
                    complaint: "Not a directory"
                ),
                Place(
                    testDescription: "a folder for a file",
                    preparation: "mkdir place/rules",
                    complaint: "Is a directory"
                ),
                Place(
                    testDescription: "a full device",
                    preparation: "ln -s /dev/full place/rules",
                    complaint: "No space left on device"
                ),
            ]
        }

        @Test(arguments: Place.all)
        func whatCannotBeSavedLeavesTheOldFileAndNothingElse(place: Place) throws {
            try Namespace.fresh {
                let shell = try Shell()
                // More than fits into 64 KiB.
                let table = ExampleDump(.first, services: 40, servers: 50).text
                #expect(try shell.run("ipvsadm-restore", input: table) == Program(status: 0))
                let look = "ls -l place; head -c 100 place/rules 2>&1"
                let run = try shell.run(
                    """
                    mkdir place; \(place.preparation)
                    (\(look)) >before
                    \(place.prefix)./ipvsadm-save -n --output \(place.file)
                    status=$?
                    (\(look)) >after
                    diff before after && exit $status
                    """,
                    isAlone: true
                )
                let complaint = "./ipvsadm-save: \(place.file): \(place.complaint)\n"
                #expect(run == Program(status: 1, errors: complaint))
            }
        }

        @Test func whatIsSavedTakesThePlaceOfTheOldFile() throws {
            try Namespace.fresh {
                let shell = try Shell()
                let table = ExampleDump(.first, services: 40, servers: 50).text
                #expect(try shell.run("ipvsadm-restore", input: table) == Program(status: 0))
                let prepare = "mkdir place; echo old >place/rules; chmod 640 place/rules"
                #expect(try shell.run("\(prepare); ipvsadm-save -n --output place/rules") == Program(status: 0))
                #expect(try shell.run("stat --format=%a place/*; cat place/rules").output == "640\n" + table)
            }
        }
    }
}
