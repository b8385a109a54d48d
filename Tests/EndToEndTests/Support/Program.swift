import TestSupport

/// The built program, which lies beside the test runner.
enum Program {
    static var path: String {
        get throws { try BuiltProgram.path("netatmo-dashboard") }
    }

    /// An environment without anything that the machine's own could bring into a test.
    static func environment(_ changes: [String: String] = [:]) -> [String: String] {
        BuiltProgram.environment(changes)
    }
}
