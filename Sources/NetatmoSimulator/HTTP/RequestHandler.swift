import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Takes a request to the simulated NetAtmo and brings back the answer, or the fault that was drawn for it.
struct RequestHandler: Sendable {
    /// No client waits longer than a day.
    private static let longestWait = Duration.seconds(86_400)

    let netatmo: SimulatedNetatmo
    let sleep: @Sendable (Duration) async throws -> Void

    /// - Throws: ``ConnectionDropped`` where there is no answer; the connection is closed by then.
    func respond(to request: Request, endpoint: Endpoint, context: SimulatorContext) async throws -> Response {
        var request = request
        let call = try await APICall(&request, endpoint: endpoint, context: context)
        let ticket = await netatmo.begin(call)
        do {
            let response = try await respond(to: call, ticket: ticket, body: request.body, on: context.channel)
            context.logger.debug("answered", metadata: ["endpoint": "\(endpoint)", "status": "\(response.status.code)"])
            return response
        } catch {
            await netatmo.end(ticket, outcome: .connectionLost)
            context.logger.debug("no answer", metadata: ["endpoint": "\(endpoint)", "fault": "\(ticket.fault?.name ?? "none")"])
            try? await context.channel.close()
            throw ConnectionDropped()
        }
    }

    /// Ends the ticket if it returns, and leaves that to the caller if it throws.
    private func respond(
        to call: APICall, ticket: SimulatedNetatmo.Ticket, body: RequestBody, on channel: any Channel
    ) async throws -> Response {
        switch ticket.fault {
        case nil:
            return Response(await work(call, ticket))
        case .delay(let duration):
            try await wait(for: duration)
            return Response(await work(call, ticket))
        case .emptyDevices:
            return Response(await work(call, ticket, omitting: .devices))
        case .missingReadings:
            return Response(await work(call, ticket, omitting: .readings))
        case .truncatedBody:
            return Response(truncating: await work(call, ticket)) {}
        case .resetInBody:
            return Response(truncating: await work(call, ticket)) { await channel.resetAtClose() }
        case .slowBody:
            return Response(dripping: await work(call, ticket)) { try await wait(for: .seconds(1)) }
        case .status(let status, let body, let contentType, let headers):
            return await replace(
                ticket, by: Response(APIAnswer(faultStatus: status, body: body, contentType: contentType, headers: headers)))
        case .randomBody:
            return await replace(ticket, by: Response(APIAnswer(randomBytes: 1024, seed: ticket.number)))
        case .oversizedBody:
            return await replace(ticket, by: Response(blankBytes: 17 << 20))
        case .dropBeforeAnswer, .dropAfterWork, .resetBeforeAnswer, .resetAfterWork, .garbage, .hang:
            try await giveNoAnswer(to: call, ticket: ticket, body: body, on: channel)
            throw ConnectionDropped()
        }
    }

    /// What is done before the connection is closed without an answer.
    private func giveNoAnswer(to call: APICall, ticket: SimulatedNetatmo.Ticket, body: RequestBody, on channel: any Channel) async throws {
        switch ticket.fault {
        case .dropAfterWork:
            _ = await netatmo.answer(call, ticket: ticket)
        case .resetBeforeAnswer:
            await channel.resetAtClose()
        case .resetAfterWork:
            _ = await netatmo.answer(call, ticket: ticket)
            await channel.resetAtClose()
        case .garbage:
            try await channel.sendPastHTTP(ByteBuffer(bytes: RandomBytes.make(256, seed: ticket.number)))
        case .hang:
            try await hang(until: body)
        default:
            break
        }
    }

    private func replace(_ ticket: SimulatedNetatmo.Ticket, by response: Response) async -> Response {
        await netatmo.end(ticket, outcome: .answered(status: response.status.code))
        return response
    }

    private func work(_ call: APICall, _ ticket: SimulatedNetatmo.Ticket, omitting omission: Omission? = nil) async -> APIAnswer {
        let answer = await netatmo.answer(call, ticket: ticket, omitting: omission)
        await netatmo.end(ticket, outcome: .answered(status: answer.status), error: answer.error)
        return answer
    }

    /// Waits, but not past a shutdown.
    private func wait(for duration: Duration) async throws {
        let duration = min(max(duration, .zero), Self.longestWait)
        try await cancelWhenGracefulShutdown { try await sleep(duration) }
        // A shutdown cancels the child task alone; then there is to be no answer either.
        if Task.isShuttingDownGracefully { throw ConnectionDropped() }
    }

    /// Returns or throws once the client has closed its end, or the simulator stops.
    private func hang(until body: RequestBody) async throws {
        try await cancelWhenGracefulShutdown {
            try await body.consumeWithCancellationOnInboundClose { _ in
                try await Task.sleep(for: Self.longestWait)
            }
        }
    }
}
