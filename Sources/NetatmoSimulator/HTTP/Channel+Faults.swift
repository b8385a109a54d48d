import Glibc
import NIOCore
import NIOHTTP1

extension Channel {
    /// Makes the connection end with a reset (RST) in place of a proper end. Does nothing where there is no socket.
    func resetAtClose() async {
        guard let socket = self as? any SocketOptionProvider else { return }
        // Lingering for no time at all throws away what was not sent and resets.
        try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }

    /// Sends bytes as they are, past everything that makes HTTP of what is sent.
    /// - Throws: if the connection is gone, or doesn't speak HTTP/1.
    func sendPastHTTP(_ bytes: ByteBuffer) async throws {
        try await eventLoop.flatSubmit {
            let sent = self.eventLoop.makePromise(of: Void.self)
            do {
                let encoder = try self.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
                encoder.writeAndFlush(NIOAny(bytes), promise: sent)
            } catch {
                sent.fail(error)
            }
            return sent.futureResult
        }.get()
    }
}
