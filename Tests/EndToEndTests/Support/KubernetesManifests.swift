import Foundation
import Testing

/// The manifests for Kubernetes that ship with the program.
struct KubernetesManifests {
    let claim: YAMLValue
    let deployment: YAMLValue
    let service: YAMLValue
    /// What kubernetes-secret.yaml shows.
    let secret: YAMLValue
    let monitor: YAMLValue
    /// What a pod of the deployment is.
    let pod: YAMLValue
    /// The one container of it.
    let container: YAMLValue

    init() throws {
        let documents = try YAMLValue.documents(ofResource: "kubernetes.yaml")
        try #require(documents.map { $0["kind"]?.text } == ["PersistentVolumeClaim", "Deployment", "Service"])
        (claim, deployment, service) = (documents[0], documents[1], documents[2])
        secret = try #require(YAMLValue.documents(ofResource: "kubernetes-secret.yaml").first)
        monitor = try #require(YAMLValue.documents(ofResource: "servicemonitor.yaml").first)
        pod = try #require(deployment["spec", "template", "spec"])
        try #require(pod["containers"]?.items.count == 1)
        container = try #require(pod["containers"]?.items.first)
    }

    /// The variables of the container that have a value there, by name.
    var environment: [String: String] {
        let pairs = (container["env"]?.items ?? []).compactMap { entry in
            entry["value"]?.text.map { (entry["name"]?.text ?? "", $0) }
        }
        return Dictionary(pairs) { $1 }
    }

    /// Where a path is, below a volume of the container.
    struct Place {
        let volume: YAMLValue
        let mount: YAMLValue
        /// The path from there.
        let below: String
    }

    /// Where the path is that a variable names; throws where that is below no volume.
    func place(ofVariable name: String) throws -> Place {
        let path = try #require(environment[name])
        let places = (container["volumeMounts"]?.items ?? []).compactMap { mount -> Place? in
            guard let directory = mount["mountPath"]?.text, path.hasPrefix(directory + "/"),
                let volume = pod["volumes"]?.item(named: mount["name"]?.text)
            else { return nil }
            return Place(volume: volume, mount: mount, below: String(path.dropFirst(directory.count + 1)))
        }
        return try #require(places.first, "\(path) is below no volume")
    }

    /// The path of each probe, by the probe's name, where it asks the container's port by HTTP.
    var probes: [String: String] {
        let names = ["startupProbe", "livenessProbe", "readinessProbe"]
        let pairs = names.compactMap { name -> (String, String)? in
            guard let get = container[name, "httpGet"], let path = get["path"]?.text, get["port"] == .text("http") else { return nil }
            return (name, path)
        }
        return Dictionary(pairs) { $1 }
    }

    /// The number of the container's port.
    var port: Int? { container["ports"]?.item(named: "http")?["containerPort"]?.text.flatMap { Int($0) } }
}
