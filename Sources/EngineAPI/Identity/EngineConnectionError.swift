/// Why an engine can't be shown.
package enum EngineConnectionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No engine listens at the socket.
    case noEngine(path: String)
    /// It is another user's, who may not see what is pasted here.
    case foreignSocket(path: String, reason: String)
    /// The user may not open it.
    /// - Parameter group: Whose members may, where there is one.
    case notAllowed(path: String, group: String?)
    /// The system's words for why it can't be connected to.
    case unreachable(path: String, reason: String)
    /// What answers is of a release that speaks another version of the protocol.
    case otherVersion(theirs: String, own: String)
    /// What answers is no engine of ours.
    case notAnEngine(path: String, reason: String)
    /// It does not do what it is asked for; why, in the engine's words.
    case refused(path: String, status: UInt, reason: String)
    /// A process has the token file, but its socket is gone.
    case socketGone(path: String, processID: Int32)
    /// The connection ended.
    case ended
    /// The connection stands, and nothing has come over it for so many seconds: the engine hangs, or was stopped.
    case silent(seconds: Int)

    package var description: String {
        switch self {
        case .noEngine(let path): "no engine listens at \(path)"
        case .foreignSocket(let path, let reason): "\(path) \(reason): nothing is sent to it"
        case .notAllowed(let path, let group?):
            "\(path) may not be opened: ask for membership of the group \(group) (usermod -aG \(group)), or run as the service's user"
        case .notAllowed(let path, nil): "\(path) may not be opened: only the user who runs the service, and root, may"
        case .unreachable(let path, let reason): "\(path): \(reason)"
        case .otherVersion(let theirs, let own):
            "the engine is netatmo-dashboard \(theirs), this is \(own): restart the one that is older after its update"
        case .notAnEngine(let path, let reason): "\(path) does not answer as netatmo-dashboard does: \(reason)"
        case .refused(let path, _, let reason): "\(path) refuses: \(reason)"
        case .socketGone(let path, let processID):
            "process \(processID) runs with this token file, but its control socket \(path) is gone: "
                + "that process makes it again within a minute, or has to be restarted"
        case .ended: "the engine ended the connection"
        case .silent(let seconds): "the engine has said nothing for \(seconds) s"
        }
    }
}
