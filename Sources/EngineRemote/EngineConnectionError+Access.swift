package import EngineAPI
import Glibc
package import OperatingSystem

extension EngineConnectionError {
    /// That a socket may not be opened, with the group whose members may.
    package static func notAllowed(_ socket: UnixSocket) -> EngineConnectionError {
        .notAllowed(path: socket.path, group: group(of: socket).flatMap(groupName))
    }

    /// The group that lets in: that of the socket, or of its directory where that alone can be looked at; `nil` where none does.
    private static func group(of socket: UnixSocket) -> gid_t? {
        for (path, needed) in [(socket.path, mode_t(S_IRGRP | S_IWGRP)), (socket.directory, mode_t(S_IXGRP))] {
            var status = stat()
            guard stat(path, &status) == 0 else { continue }
            return status.st_mode & needed == needed ? status.st_gid : nil
        }
        return nil
    }

    /// Its name, or its number where it has none.
    private static func groupName(_ number: gid_t) -> String {
        var entry = Glibc.group()
        var buffer = [CChar](repeating: 0, count: 16_384)
        var found: UnsafeMutablePointer<Glibc.group>?
        guard getgrgid_r(number, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.gr_name else {
            return "\(number)"
        }
        return String(cString: name).harmlessLine(limit: 64)
    }
}
