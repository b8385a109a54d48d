import Torture

/// Runs every torture in full and prints the summary.
@main
struct TortureProgram {
    static func main() async {}
}
