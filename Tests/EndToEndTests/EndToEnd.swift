import Testing

/// The program as its users run it: the built binary, in a real terminal where it needs one.
///
/// Most of these wait for something, so that a few run beside each other (see the Makefile), also on a machine of two cores.
@Suite("End to end")
struct EndToEnd {}

/// The same in what surrounds it: places, networks, signals, floods.
@Suite("End to end, by what surrounds it")
struct EndToEndSurroundings {}
