package import Hummingbird
import NIOCore

/// What a request brings along: Hummingbird's own, and the connection, which faults close.
package struct SimulatorContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The most a request's body may hold, bytes: 64 KiB. Larger ones are answered 413.
    package var maxUploadSize: Int { 64 * 1024 }
}
