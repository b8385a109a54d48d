import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("make install")
    struct InstallTests {
        @Test("puts the program, what ships with it, and a unit that starts that program, where it was told to")
        func install() async throws {
            let folder = try TemporaryFolder()
            // The debug program stands in for the release one, which takes long to build.
            let make = try ChildProcess(
                executable: "make",
                [
                    "-C", Sources.root.path, "-o", "release", "install", "RELEASE_PROGRAM=\(try Program.path)",
                    "DESTDIR=\(folder.path("image"))", "PREFIX=/opt/netatmo",
                ]
            )
            #expect(try await make.exitCode() == 0, "\(make.errors)")
            let prefix = folder.path("image/opt/netatmo")
            let program = try ChildProcess(executable: "\(prefix)/bin/netatmo-dashboard", ["--version"])
            #expect(try await program.exitCode() == 0)
            for name in try FileManager.default.contentsOfDirectory(atPath: Sources.resources.path) where !name.hasSuffix(".service") {
                let place = name == "netatmo-dashboard.conf" ? "lib/sysusers.d" : "share/netatmo-dashboard"
                #expect(FileManager.default.contentsEqual(atPath: "\(prefix)/\(place)/\(name)", andPath: Sources.resource(name).path))
            }
            let unit = try String(contentsOfFile: "\(prefix)/lib/systemd/system/netatmo-dashboard.service", encoding: .utf8)
            #expect(unit.contains("\nExecStart=/opt/netatmo/bin/netatmo-dashboard serve\n"))
            #expect(unit.contains("\nEnvironment=NETATMO_RENEW_EXPIRED=true\n"))
            #expect(!unit.contains("/usr/local"))
        }
    }
}
