import NIOCore
import NIOEmbedded
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Server

@Suite("Connections and the files that a process may have open")
struct OpenFilesTests {
    @Test(
        "There are as many connections as files are free beyond the reserve, 512 at most, and a client gets half of them, 64 at most",
        arguments: [
            (64, 16, 20, 10), (64, 12, 24, 12), (61, 16, 17, 9), (150, 20, 102, 51), (200, 20, 152, 64), (1024, 20, 512, 64),
            (1_048_576, 20, 512, 64),
        ]
    )
    func connections(limit: Int, count: Int, inAll: Int, perClient: Int) {
        let limits = ConnectionLimits(OpenFiles(limit: limit, count: count))
        #expect(limits.connectionsInAll == inAll)
        #expect(limits.connectionsPerClient == perClient)
        #expect(count + inAll + ConnectionLimits.connectionsToRefuse + OpenFiles.reserve <= limit)
    }

    @Test("Where there are none left there is one connection, and the reserve pays")
    func none() {
        #expect(ConnectionLimits(OpenFiles(limit: 30, count: 16)).connectionsInAll == 1)
    }

    @Test(
        "Too few are refused at the start, with how many it takes, of which event loops take three each",
        arguments: [(41, 3, 2, true), (42, 3, 2, false), (47, 3, 4, true), (48, 3, 4, false), (20, 3, 1, true)])
    func tooFew(limit: Int, count: Int, eventLoops: Int, isRefused: Bool) {
        var error: TooFewOpenFiles?
        do throws(TooFewOpenFiles) {
            try OpenFiles(limit: limit, count: count).requireEnough(eventLoops: eventLoops)
        } catch let refusal {
            error = refusal
        }
        #expect((error != nil) == isRefused)
        if let error {
            #expect(error.description.contains("only \(limit) files"))
            #expect(error.description.contains("needs \(error.needed)"))
            #expect(error.needed > limit)
        }
    }

    @Test("Those that are open are counted")
    func current() {
        let files = OpenFiles.current
        #expect(files.count >= 3)
        #expect(files.limit >= files.count)
    }
}

@Suite("A socket that finds no file for a connection")
struct AcceptPauseTests {
    private func accepts(_ channel: EmbeddedChannel) -> Bool {
        channel.options.last { $0.option is ChannelOptions.Types.AutoReadOption }?.value as? Bool ?? true
    }

    @Test("accepts nobody for a second, and then again")
    func pause() throws {
        let channel = EmbeddedChannel(handler: AcceptPause())
        channel.pipeline.fireErrorCaught(IOError(errnoCode: 24, reason: "accept"))
        #expect(!accepts(channel))
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(500))
        channel.pipeline.fireErrorCaught(IOError(errnoCode: 24, reason: "accept"))
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(499))
        #expect(!accepts(channel))
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(accepts(channel))
        channel.pipeline.fireErrorCaught(IOError(errnoCode: 24, reason: "accept"))
        #expect(!accepts(channel), "as often as it takes")
    }

    @Test("is what the exporter listens on")
    func listener() async throws {
        let listener = NIOAsyncTestingChannel()
        await ExporterChannel.setup(listener: listener)
        listener.pipeline.fireErrorCaught(IOError(errnoCode: 24, reason: "accept"))
        let accepts = try await listener.testingEventLoop.submit {
            listener.options.last { $0.option is ChannelOptions.Types.AutoReadOption }?.value as? Bool
        }.get()
        #expect(accepts == false)
    }

    @Test("does so for no other error")
    func otherErrors() {
        let channel = EmbeddedChannel(handler: AcceptPause())
        channel.pipeline.fireErrorCaught(ChannelError.inputClosed)
        #expect(accepts(channel))
    }
}
