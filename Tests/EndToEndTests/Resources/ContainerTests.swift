import Foundation
import Testing
import TestSupport

extension EndToEnd {
    @Suite("The container files")
    struct ContainerTests {
        private let containerfile: Containerfile
        private let exporter: YAMLValue

        init() throws {
            containerfile = try Containerfile()
            exporter = try #require(YAMLValue.documents(ofResource: "compose.yaml").first?["services", "exporter"])
        }

        @Test("renew an expired token by themselves, since nobody watches")
        func renewExpired() {
            // By the environment, so that whoever gives another command or another value is obeyed.
            #expect(containerfile.environment["NETATMO_RENEW_EXPIRED"] == "true")
            #expect(exporter["environment", "NETATMO_RENEW_EXPIRED"]?.text == "true")
            #expect(containerfile["CMD"] == [#"["serve"]"#])
            #expect(exporter["command"]?.items == [.text("serve")])
        }

        @Test("allow the exporter as much memory, and as much time for a stop, as the systemd unit does")
        func limits() throws {
            let unit = try String(contentsOf: Sources.resource("netatmo-dashboard.service"), encoding: .utf8)
            let megabytes = try #require(unit.firstMatch(of: /\nMemoryMax=(\d+)M\n/)?.1)
            #expect(exporter["mem_limit"]?.text == "\(megabytes)m")
            let seconds = try #require(unit.firstMatch(of: /\nTimeoutStopSec=(\d+)s\n/)?.1)
            #expect(exporter["stop_grace_period"]?.text == "\(seconds)s")
            #expect(containerfile.text.contains("--stop-timeout \(seconds) "))
        }

        @Test("run it as a user by number, without capabilities, with a volume as the only place that it may write to")
        func privileges() throws {
            let volume = try #require(containerfile["VOLUME"].first)
            #expect(containerfile["USER"].first?.wholeMatch(of: /[1-9]\d*:[1-9]\d*/) != nil)
            for name in ["NETATMO_EXPORTER_TOKEN_FILE", "NETATMO_SOCKET"] {
                #expect(containerfile.environment[name]?.hasPrefix(volume + "/") == true, "\(name)")
            }
            #expect(exporter["volumes"]?.items == [.text("token:\(volume)")])
            #expect(exporter["read_only"]?.text == "true")
            #expect(exporter["cap_drop"]?.items == [.text("ALL")])
            #expect(exporter["security_opt"]?.items == [.text("no-new-privileges:true")])
        }

        @Test("publish the port that the program listens on, to this machine alone")
        func port() async throws {
            let port = try #require(containerfile["EXPOSE"].first)
            #expect(exporter["ports"]?.items == [.text("127.0.0.1:\(port):\(port)")])
            let settings = try ChildProcess(["config", "--example"])
            #expect(try await settings.exitCode() == 0)
            #expect(settings.output.contains("of serve :\(port)"))
        }

        @Test("are of the image that make image makes, and say the same health check")
        func image() throws {
            let script = try String(contentsOf: Sources.root.appendingPathComponent(".make/image"), encoding: .utf8)
            let name = try #require(exporter["image"]?.text)
            #expect(script.contains("\nname=\(name)\n"))
            #expect(containerfile.text.contains("podman build --format docker -t \(name) ."))
            let check = try #require(containerfile.healthCheck)
            #expect(exporter["healthcheck", "test"]?.items == [.text("CMD-SHELL"), .text(check.replacing("$", with: "$$"))])
            let kubernetes = try String(contentsOf: Sources.resource("kubernetes.yaml"), encoding: .utf8)
            #expect(kubernetes.contains("#       - '\(check)'\n"))
            for (option, key) in [
                ("interval", "interval"), ("timeout", "timeout"), ("start-period", "start_period"), ("retries", "retries"),
            ] {
                let value = try #require(exporter["healthcheck", key]?.text)
                #expect(containerfile["HEALTHCHECK"].first?.contains("--\(option)=\(value) ") == true, "\(key)")
            }
        }
    }
}
