/// Where random numbers come from.
public struct Randomness: Sendable {
    /// A number from 0 up to, but without, 1.
    public let fraction: @Sendable () -> Double
    /// That many random bytes, fit for secrets.
    public let bytes: @Sendable (Int) -> [UInt8]

    /// Creates a source.
    public init(fraction: @escaping @Sendable () -> Double, bytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.fraction = fraction
        self.bytes = bytes
    }

    /// The operating system's generator.
    public static let system = Randomness(
        fraction: { Double.random(in: 0..<1) },
        bytes: { count in (0..<count).map { _ in UInt8.random(in: .min ... .max) } }
    )
}
