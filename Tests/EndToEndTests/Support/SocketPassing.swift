import Foundation
import TestSupport

/// Starts a program as a service manager does that has opened sockets for it (sd_listen_fds(3)): by Python, which makes them and then
/// becomes the program.
enum SocketPassing {
    private static let script = """
        import os, socket, sys
        kinds, program, passed = sys.argv[1].split(","), sys.argv[2:], []
        for number, kind in enumerate(kinds):
            name, _, path = kind.partition("=")
            if name == "tcp":
                made = socket.create_server(("127.0.0.1", 0))
            elif name == "udp":
                made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            else:
                os.umask(0o117)
                made = socket.socket(socket.AF_UNIX)
                made.bind(path)
                made.listen()
            assert made.fileno() == 3 + number
            os.set_inheritable(made.fileno(), True)
            passed.append(made)
            print("passed on", made.getsockname(), file=sys.stderr)
        os.environ.update(LISTEN_FDS=str(len(passed)), LISTEN_FDNAMES=":".join(kinds))
        os.environ.setdefault("LISTEN_PID", str(os.getpid()))
        os.execvp(program[0], program)
        """

    /// What comes before the program's own command line.
    ///
    /// - Parameter kinds: `tcp` for one on a free port of the loopback address, `udp`, and `unix=PATH`.
    static func command(_ kinds: String...) -> [String] {
        ["/usr/bin/python3", "-c", script, kinds.joined(separator: ",")]
    }
}
