public import Hummingbird
import NIOCore

/// What a request brings along: Hummingbird's own, and the connection, which faults close.
public struct SimulatorContext: RequestContext {
    /// What Hummingbird keeps for each request.
    public var coreContext: CoreRequestContextStorage
    let channel: any Channel

    /// Made by Hummingbird for each request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The most a request's body may hold, bytes: 64 KiB. Larger ones are answered 413.
    public var maxUploadSize: Int { 64 * 1024 }
}
