import Testing

/// The program as its users run it: the built binary, in a real terminal where it needs one.
///
/// One test after the other, since each has processes of its own and the machine may have two cores.
@Suite("End to end", .serialized)
struct EndToEnd {}

/// The same in what surrounds it: places, networks, signals, floods. Beside the others, since most of these wait.
@Suite("End to end, by what surrounds it", .serialized)
struct EndToEndSurroundings {}
