import Digests

/// The client's part of SCRAM-SHA-256 without channel binding, RFC 5802 and 7677.
///
/// A password is taken as its UTF-8 bytes; RFC 4013, which changes some that are not ASCII, is not applied.
struct SCRAMExchange: Hashable {
    /// Why an exchange fails.
    enum Fault: Error, Hashable {
        case malformed
        /// The server names more rounds than are computed, or none.
        case iterations(Int)
        /// The server does not know the password's proof.
        case unproven
        /// The server refuses, and says so.
        case refused([UInt8])
    }

    /// The rounds that are computed at most: some hundredths of a second, in pieces.
    static let iterationsAtMost = 100_000

    private let password: [UInt8]
    private let nonce: [UInt8]
    private let firstBare: [UInt8]
    private var serverFirst: [UInt8] = []
    private var withoutProof: [UInt8] = []
    private var proof: [UInt8]?

    /// Begins an exchange.
    ///
    /// - Parameters:
    ///   - user: The name; PostgreSQL has it already and takes an empty one.
    ///   - nonce: Printable characters without a comma.
    init(user: String, password: String, nonce: [UInt8]) {
        let name = user.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "="): Array("=3D".utf8)
            case UInt8(ascii: ","): Array("=2C".utf8)
            default: [byte]
            }
        }
        self.password = Array(password.utf8)
        self.nonce = nonce
        firstBare = Array("n=".utf8) + name + Array(",r=".utf8) + nonce
    }

    /// The client's first message.
    var first: [UInt8] { Array("n,,".utf8) + firstBare }

    /// Takes the server's first message: what the password is to be salted with.
    mutating func take(_ message: [UInt8]) throws(Fault) -> SaltedPassword.Recipe {
        let fields = message.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard
            fields.count >= 3,
            let wholeNonce = SCRAMExchange.value("r", of: fields[0]),
            wholeNonce.starts(with: nonce), wholeNonce.count > nonce.count,
            let encodedSalt = SCRAMExchange.value("s", of: fields[1]), let salt = Base64.decode(Array(encodedSalt)),
            let count = SCRAMExchange.value("i", of: fields[2]),
            let iterations = Int(String(decoding: count, as: UTF8.self))
        else { throw .malformed }
        guard (1...SCRAMExchange.iterationsAtMost).contains(iterations) else { throw .iterations(iterations) }
        serverFirst = message
        // "biws" stands for "n,,".
        withoutProof = Array("c=biws,r=".utf8) + wholeNonce
        return SaltedPassword.Recipe(password: password, salt: salt, iterations: iterations)
    }

    /// The answer to the server's first message, with the password as it wants it salted.
    mutating func answer(salted: [UInt8]) -> [UInt8] {
        let clientKey = Digest.hmacSHA256(Array("Client Key".utf8), key: salted)
        let serverKey = Digest.hmacSHA256(Array("Server Key".utf8), key: salted)
        let comma = UInt8(ascii: ",")
        let signed = firstBare + [comma] + serverFirst + [comma] + withoutProof
        proof = Digest.hmacSHA256(signed, key: serverKey)
        let clientProof = clientKey ^ Digest.hmacSHA256(signed, key: Digest.sha256(clientKey))
        return withoutProof + Array(",p=".utf8) + Base64.encode(clientProof)
    }

    /// Holds the server to its last message.
    func verify(_ message: [UInt8]) throws(Fault) {
        let field = message.prefix { $0 != UInt8(ascii: ",") }
        if let reason = SCRAMExchange.value("e", of: field) { throw .refused(Array(reason)) }
        guard let encoded = SCRAMExchange.value("v", of: field) else { throw .malformed }
        guard let proof, Base64.decode(Array(encoded)) == proof else { throw .unproven }
    }

    private static func value(_ name: Unicode.Scalar, of field: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        field.starts(with: [UInt8(ascii: name), UInt8(ascii: "=")]) ? field.dropFirst(2) : nil
    }
}

extension SCRAMExchange.Fault {
    /// The end of a dialogue.
    var answerFault: AnswerFault {
        switch self {
        case .malformed: .malformed("the server's part of SCRAM is malformed")
        case .iterations(let count):
            AnswerFault(
                .dialogue(.limit),
                "the server wants \(count) rounds of SCRAM; 1 to \(SCRAMExchange.iterationsAtMost) are computed"
            )
        case .unproven:
            AnswerFault(.dialogue(.authentication), "the server does not prove that it knows the password")
        case .refused(let reason):
            AnswerFault(.dialogue(.authentication), "the login failed: \(String(printable: reason))")
        }
    }
}
