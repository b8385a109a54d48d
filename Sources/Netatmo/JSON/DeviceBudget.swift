import Synchronization

/// How many more devices are taken from an answer, stations and modules together.
final class DeviceBudget: Sendable {
    static let most = 20_000

    private let counts = Mutex((taken: 0, leftOut: 0))

    var leftOut: Int { counts.withLock { $0.leftOut } }

    /// Counts a device; false where there were enough.
    func take() -> Bool {
        counts.withLock { counts in
            guard counts.taken < Self.most else {
                counts.leftOut += 1
                return false
            }
            counts.taken += 1
            return true
        }
    }
}

extension Decoder {
    /// The budget of the answer that is decoded.
    var deviceBudget: DeviceBudget? { CodingUserInfoKey.deviceBudget.flatMap { userInfo[$0] as? DeviceBudget } }
}

extension CodingUserInfoKey {
    static var deviceBudget: CodingUserInfoKey? { CodingUserInfoKey(rawValue: "deviceBudget") }
}
