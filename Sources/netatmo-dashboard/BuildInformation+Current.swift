import CBuildInformation
import EngineAPI

extension BuildInformation {
    static let current = BuildInformation(version: "0.1.0", commit: String(cString: build_commit()))
}
