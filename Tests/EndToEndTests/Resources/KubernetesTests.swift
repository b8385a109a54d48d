import Foundation
import Testing

extension EndToEnd {
    /// What a schema can't know; the schemas themselves are asked by `make check-manifests`.
    @Suite("The manifests for Kubernetes")
    struct KubernetesTests {
        private let manifests: KubernetesManifests

        init() throws {
            manifests = try KubernetesManifests()
        }

        @Test("let one pod alone have the token: the old one ends, with time for a last request, before the new one begins")
        func oneOwner() throws {
            let spec = try #require(manifests.deployment["spec"])
            #expect(spec["replicas"]?.text == "1")
            #expect(spec["strategy", "type"]?.text == "Recreate")
            let unit = try String(contentsOf: Sources.resource("netatmo-dashboard.service"), encoding: .utf8)
            let seconds = try #require(unit.firstMatch(of: /\nTimeoutStopSec=(\d+)s\n/)?.1)
            #expect(manifests.pod["terminationGracePeriodSeconds"]?.text == String(seconds))
        }

        @Test("ask for no privilege: the image's user, no capability, a read-only root, as Kubernetes's restricted policy wants it")
        func privileges() throws {
            let pod = try #require(manifests.pod["securityContext"])
            let user = try Containerfile()["USER"].first?.split(separator: ":").map(String.init)
            #expect(pod["runAsNonRoot"]?.text == "true")
            // By its group a volume can be written, and the secret read.
            #expect(pod["runAsUser"]?.text == user?.first)
            #expect(pod["runAsGroup"]?.text == user?.last)
            #expect(pod["fsGroup"] == pod["runAsGroup"])
            #expect(pod["fsGroupChangePolicy"]?.text == "OnRootMismatch")
            #expect(pod["seccompProfile", "type"]?.text == "RuntimeDefault")
            let container = try #require(manifests.container["securityContext"])
            #expect(container["allowPrivilegeEscalation"]?.text == "false")
            #expect(container["readOnlyRootFilesystem"]?.text == "true")
            #expect(container["capabilities", "drop"]?.items == [.text("ALL")])
            #expect(manifests.pod["automountServiceAccountToken"]?.text == "false")
        }

        @Test("keep the token in the claim's volume and the socket in memory, both in directories that the program makes for itself")
        func volumes() throws {
            let token = try manifests.place(ofVariable: "NETATMO_EXPORTER_TOKEN_FILE")
            #expect(token.volume["persistentVolumeClaim", "claimName"] == manifests.claim["metadata", "name"])
            #expect(token.mount["readOnly"] == nil)
            let socket = try manifests.place(ofVariable: "NETATMO_SOCKET")
            #expect(socket.volume["emptyDir", "medium"]?.text == "Memory")
            // Others may change a volume's own directory.
            for place in [token, socket] { #expect(place.below.split(separator: "/").count == 2, "\(place.below)") }
            #expect(manifests.claim["spec", "accessModes"]?.items == [.text("ReadWriteOnce")])
            let mounts = manifests.container["volumeMounts"]?.items.compactMap { $0["name"]?.text }
            #expect(mounts == manifests.pod["volumes"]?.items.compactMap { $0["name"]?.text })
        }

        @Test("read the client ID and the client secret from the secret that they say how to make, and hold neither")
        func secret() throws {
            let name = try #require(manifests.secret["metadata", "name"]?.text)
            #expect(manifests.secret["stringData"] == .mapping(["client-id": .text("YOUR_ID"), "client-secret": .text("YOUR_SECRET")]))
            let id = try #require(manifests.container["env"]?.item(named: "NETATMO_CLIENT_ID"))
            #expect(id["valueFrom", "secretKeyRef"] == .mapping(["name": .text(name), "key": .text("client-id")]))
            let file = try manifests.place(ofVariable: "NETATMO_CLIENT_SECRET_FILE")
            #expect(file.volume["secret", "secretName"]?.text == name)
            #expect(file.volume["secret", "items"]?.items == [.mapping(["key": .text("client-secret"), "path": .text(file.below)])])
            #expect(file.mount["readOnly"]?.text == "true")
            #expect(manifests.container["env"]?.item(named: "NETATMO_CLIENT_SECRET") == nil)
            let command = "kubectl create secret generic \(name) --from-literal=client-id=YOUR_ID --from-file=client-secret\n"
            for file in ["kubernetes.yaml", "kubernetes-secret.yaml"] {
                #expect(try String(contentsOf: Sources.resource(file), encoding: .utf8).contains(command), "\(file)")
            }
        }

        @Test("lead from the Service to the pod, by the port that the program listens on")
        func service() throws {
            let labels = try #require(manifests.deployment["spec", "template", "metadata", "labels"])
            #expect(manifests.deployment["spec", "selector", "matchLabels"] == labels)
            #expect(manifests.service["spec", "selector"] == labels)
            let ports = try #require(manifests.service["spec", "ports"]?.items)
            #expect(ports.map { $0["targetPort"]?.text } == ["http"])
            let containerfile = try Containerfile()
            let port = try #require(containerfile["EXPOSE"].first)
            #expect(manifests.port == Int(port))
            #expect(ports.first?["port"]?.text == port)
            let url = try #require(manifests.environment["NETATMO_EXPORTER_EXTERNAL_URL"])
            #expect(url == "http://127.0.0.1:\(port)")
            let text = try String(contentsOf: Sources.resource("kubernetes.yaml"), encoding: .utf8)
            let name = try #require(manifests.deployment["metadata", "name"]?.text)
            #expect(text.contains("kubectl port-forward deployment/\(name) \(port),"))
        }

        @Test("let the operator's Prometheus scrape that Service as often as prometheus.yml does, as the job that the alerts know")
        func monitor() throws {
            let spec = try #require(manifests.monitor["spec"])
            #expect(spec["selector", "matchLabels"] == manifests.service["metadata", "labels"])
            let endpoint = try #require(spec["endpoints"]?.items.first)
            #expect(endpoint["port"] == manifests.service["spec", "ports"]?.items.first?["name"])
            let alerts = try String(contentsOf: Sources.resource("alerts.yml"), encoding: .utf8)
            let job = try #require(alerts.firstMatch(of: /up\{job="(\w+)"\}/)?.1)
            let relabelings = endpoint["relabelings"]?.items
            #expect(relabelings == [.mapping(["targetLabel": .text("job"), "replacement": .text(String(job))])])
            let prometheus = try #require(YAMLValue.documents(ofResource: "prometheus.yml").first)
            #expect(endpoint["interval"] == prometheus["global", "scrape_interval"])
        }

        @Test("start the image of compose.yaml, with its memory, and with no variable that the program does not know")
        func container() async throws {
            let compose = try #require(YAMLValue.documents(ofResource: "compose.yaml").first?["services", "exporter"])
            #expect(manifests.container["image"] == compose["image"])
            #expect(manifests.container["resources", "limits", "memory"]?.text == compose["mem_limit"]?.text?.replacing("m", with: "Mi"))
            // A request for a token that waits for its share of a processor may be too late.
            #expect(manifests.container["resources", "limits", "cpu"] == nil)
            #expect(manifests.environment["NETATMO_RENEW_EXPIRED"] == "true")
            let names = manifests.container["env"]?.items.compactMap { $0["name"]?.text } ?? []
            let settings = try ChildProcess(["config", "--example"])
            #expect(try await settings.exitCode() == 0)
            for name in names { #expect(settings.output.contains("\(name)="), "\(name)") }
            // Kubernetes would bring NETATMO_DASHBOARD_PORT and more.
            #expect(manifests.pod["enableServiceLinks"]?.text == "false")
        }
    }
}
