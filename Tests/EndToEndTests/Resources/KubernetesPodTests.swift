import Foundation
import Glibc
import Testing
import TestSupport

extension EndToEndSurroundings {
    /// The program as kubelet starts it by kubernetes.yaml: the variables, the user, the volumes as they are mounted, a root that is
    /// read-only, and a network of its own, in which the port is free.
    @Suite("The program as Kubernetes starts it", .enabled(if: Privileges.areRoots, "needs root, for other users and for mounts"))
    struct KubernetesPodTests {
        private let manifests: KubernetesManifests
        private let user: String

        init() throws {
            manifests = try KubernetesManifests()
            user = try #require(manifests.pod["securityContext", "runAsUser"]?.text)
        }

        /// What makes a process the container's.
        private var privileges: String {
            "setpriv --reuid \(user) --regid \(user) --clear-groups --no-new-privs --bounding-set -all --inh-caps -all"
        }

        /// Mounts all volumes as kubelet does: root's, open to the group; then nothing else can be written.
        private var mounts: String {
            let volumes = (manifests.container["volumeMounts"]?.items ?? []).compactMap { mount in
                mount["mountPath"]?.text.map { path in
                    "mkdir -p \(path) && mount -t tmpfs -o mode=2777,gid=\(user) tmpfs \(path)"
                }
            }
            let file = manifests.environment["NETATMO_CLIENT_SECRET_FILE"] ?? ""
            return
                (["ip link set lo up", "mount -t tmpfs -o mode=755 tmpfs /run", "mount -t tmpfs -o mode=755 tmpfs /var/lib"] + volumes + [
                    "echo a-secret > \(file) && chmod 440 \(file) && chown root:\(user) \(file)", "mount -o remount,ro,bind /",
                ]).joined(separator: " && ")
        }

        private func start() throws -> ChildProcess {
            let arguments = manifests.container["args"]?.items.compactMap(\.text).joined(separator: " ") ?? ""
            let variables = try Containerfile().environment.merging(manifests.environment) { $1 }
                .merging(["NETATMO_CLIENT_ID": "an-id", "HOME": "/"]) { $1 }
            return try ChildProcess(
                executable: "unshare",
                ["-m", "-n", "--propagation", "private", "sh", "-c", "\(mounts) && exec \(privileges) '\(Program.path)' \(arguments)"],
                environment: variables)
        }

        /// Runs a command in the container of a process.
        private func run(_ command: String, in process: ChildProcess) async throws -> (code: Int32, output: String) {
            let programs = URL(fileURLWithPath: try Program.path).deletingLastPathComponent().path
            let script = "export PATH='\(programs)':/usr/bin:/bin; \(command)"
            let inside = try ChildProcess(
                executable: "nsenter",
                ["-t", "\(process.processID)", "-m", "-n", "--"] + privileges.split(separator: " ").map(String.init) + [
                    "sh", "-c", script,
                ],
                environment: manifests.environment)
            return (try await inside.exitCode(), inside.output)
        }

        @Test(
            "before the first sign-in each probe and the health check find it well, it writes to its volumes alone, and SIGTERM ends it with 0"
        )
        func pod() async throws {
            let process = try start()
            let said = try await until("its start, or its end") {
                let lines = process.errors
                return ["token sign-in: open", "unshare", "mount", "not permitted"].contains(where: lines.contains) ? lines : nil
            }
            if said.contains("unshare: ") || said.contains("not permitted") { try Test.cancel("needs the right to make a network") }
            let port = try #require(manifests.port)
            #expect(said.contains("exporter started: :\(port)\n"), "\(said)")
            #expect(manifests.probes.count == 3)
            for (probe, path) in manifests.probes {
                #expect(try await status(path, in: process) == "200", "\(probe)")
            }
            let metrics = try #require(manifests.monitor["spec", "endpoints"]?.items.first?["path"]?.text)
            #expect(try await status(metrics, in: process) == "200", "\(metrics)")
            // Why no probe asks that.
            #expect(try await status("/readyz", in: process) == "503")
            let containerfile = try Containerfile()
            let check = try #require(containerfile.healthCheck)
            #expect(try await run(check, in: process).code == 0)
            let directory = #"stat -c '%u %a' "$(dirname "$NETATMO_EXPORTER_TOKEN_FILE")" "$(dirname "$NETATMO_SOCKET")""#
            #expect(try await run(directory, in: process).output == "\(user) 2700\n\(user) 2700\n")
            #expect(try await run(#"test -e "$NETATMO_EXPORTER_TOKEN_FILE".lock && ! touch /tmp/x"#, in: process).code == 0)
            process.signal(SIGTERM)
            #expect(try await process.exitCode() == 0, "\(process.errors)")
            #expect(!process.errors.contains("may write"), "\(process.errors)")
        }

        private func status(_ path: String, in process: ChildProcess) async throws -> String {
            let port = try #require(manifests.port)
            return try await run("curl -s -m 10 -o /dev/null -w '%{http_code}' http://127.0.0.1:\(port)\(path)", in: process).output
        }
    }
}
