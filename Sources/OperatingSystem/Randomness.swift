package struct Randomness: Sendable {
    /// A number from 0 up to, but without, 1.
    package let fraction: @Sendable () -> Double
    /// That many random bytes, fit for secrets.
    package let bytes: @Sendable (Int) -> [UInt8]

    package init(fraction: @escaping @Sendable () -> Double, bytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.fraction = fraction
        self.bytes = bytes
    }

    package static let system = Randomness(
        fraction: { Double.random(in: 0..<1) }, bytes: { count in (0..<count).map { _ in UInt8.random(in: .min ... .max) } }
    )
}
