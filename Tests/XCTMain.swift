import Testing

/// Where the tests begin. SwiftPM writes the same by itself, but only after it has looked through an index of all sources for tests of
/// XCTest, of which there are none here; without that index a first build is shorter.
@main
private struct Tests {
    static func main() async {
        await Testing.__swiftPMEntryPoint() as Never
    }
}
