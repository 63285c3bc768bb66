import Configuration
import Testing

struct StateFileNameTests {
    /// What a configuration wants, and the paths of the parent's file and of that of checks.
    @Test(
        arguments: [
            (nil, nil, "/tmp/keepalived_parent.data", "/tmp/keepalived_check.data"),
            (nil, "blue", "/tmp/keepalived_parent.blue.data", "/tmp/keepalived_check.blue.data"),
            ("/run/ka.txt", nil, "/run/ka_parent.txt", "/run/ka_check.txt"),
            ("/run/ka.txt", "blue", "/run/ka_parent.blue.txt", "/run/ka_check.blue.txt"),
            ("/run/k/", nil, "/run/k/keepalived_parent.data", "/run/k/keepalived_check.data"),
            ("/run/ka", nil, "/run/ka_parent", "/run/ka_check"), ("/ka.txt", nil, "/ka_parent.txt", "/ka_check.txt"),
            ("ka.txt", nil, "./ka_parent.txt", "./ka_check.txt"),
            ("/", nil, "/keepalived_parent.data", "/keepalived_check.data"),
            ("/run/.ka", nil, "/run/.ka_parent", "/run/.ka_check"),
        ] as [(String?, String?, String, String)]
    )
    func filesOfTheState(wanted: String?, suffix: String?, parent: String, check: String) {
        let names = StateFileNames(wanted, folder: "/tmp", suffix: suffix)
        #expect(names.path(of: StateFile(name: "keepalived_parent", text: "")) == parent)
        #expect(names.path(of: StateFile(name: "keepalived_check", text: "")) == check)
    }
}
