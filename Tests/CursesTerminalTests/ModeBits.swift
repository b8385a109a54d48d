import Glibc

/// The modes of a terminal, to be compared.
struct ModeBits: Equatable {
    let input: tcflag_t
    let output: tcflag_t
    let local: tcflag_t
    let suspendKey: cc_t

    init(_ modes: termios) {
        input = modes.c_iflag
        output = modes.c_oflag
        local = modes.c_lflag
        suspendKey = modes.c_cc.10  // VSUSP
    }

    var echoes: Bool { local & tcflag_t(ECHO) != 0 && local & tcflag_t(ICANON) != 0 }
}
