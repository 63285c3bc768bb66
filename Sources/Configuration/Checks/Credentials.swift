/// Who a check logs in as.
package struct Credentials: Hashable, Sendable {
    /// The name of the user.
    package var login: String
    /// The password, which may be empty.
    package var password: String
    /// The ways in which a database may be shown the password.
    package var methods = Set(LoginMethod.allCases)

    /// Makes credentials of a name and a password.
    package init(login: String, password: String) {
        self.login = login
        self.password = password
    }
}
