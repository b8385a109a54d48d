import Glibc

/// The modes of a terminal as its driver keeps them, to be compared.
package struct TerminalModes: Equatable, Sendable {
    private let input: tcflag_t
    private let output: tcflag_t
    private let control: tcflag_t
    private let local: tcflag_t
    private let keys: [cc_t]

    /// What the driver says of them.
    init(_ modes: termios) {
        input = modes.c_iflag
        output = modes.c_oflag
        control = modes.c_cflag
        local = modes.c_lflag
        keys = withUnsafeBytes(of: modes.c_cc) { Array($0) }
    }

    /// Whether what is typed is shown and comes line by line, as a shell wants it.
    package var echoes: Bool { local & tcflag_t(ECHO) != 0 && local & tcflag_t(ICANON) != 0 }
}
