import HTTPTypes
package import Hummingbird

/// The whole HTTP surface of the simulator, for ``SimulatorServer`` and for tests with HummingbirdTesting.
///
/// | path | what |
/// |---|---|
/// | `GET`, `POST /oauth2/authorize` | the sign-in page and its answer |
/// | `POST /oauth2/token` | exchange of codes and refresh tokens |
/// | `GET`, `POST /api/getstationsdata`, `getmeasure`, `gethomecoachsdata` | data |
/// | `GET`, `POST /api/homesdata`, `homestatus`, `getroommeasure` | data of heating |
/// | `POST`, `DELETE /simulator/faults`, `POST /simulator/revoke`, `POST /simulator/tokens`, `GET /simulator/requests` | control, for requests to localhost |
///
/// - Parameter sleep: how ``Fault/delay(_:)`` waits.
package func makeRouter(
    netatmo: SimulatedNetatmo, sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
) -> Router<SimulatorContext> {
    let router = Router(context: SimulatorContext.self)
    let handler = RequestHandler(netatmo: netatmo, sleep: sleep)
    let endpoints: [(path: RouterPath, methods: [HTTPRequest.Method], endpoint: Endpoint)] = [
        ("/oauth2/authorize", [.get, .post], .authorize),
        ("/oauth2/token", [.post], .token),
        ("/api/getstationsdata", [.get, .post], .stationsData),
        ("/api/getmeasure", [.get, .post], .measure),
        ("/api/gethomecoachsdata", [.get, .post], .homeCoachsData),
        ("/api/homesdata", [.get, .post], .homesData),
        ("/api/homestatus", [.get, .post], .homeStatus),
        ("/api/getroommeasure", [.get, .post], .roomMeasure),
        ("/api/**", [.get, .post], .unknown),
    ]
    for (path, methods, endpoint) in endpoints {
        for method in methods {
            router.on(path, method: method) { request, context in
                try await handler.respond(to: request, endpoint: endpoint, context: context)
            }
        }
    }
    ControlRoutes(netatmo: netatmo).add(to: router)
    router.get("/") { _, _ in
        Response(APIAnswer(status: 200, contentType: "text/plain; charset=utf-8", body: Array(overview.utf8)))
    }
    return router
}

private let overview = """
    NetAtmo simulator: no real account, no real weather.

    Sign in:   /oauth2/authorize, /oauth2/token
    Data:      /api/getstationsdata, /api/getmeasure, /api/gethomecoachsdata
    Heating:   /api/homesdata, /api/homestatus, /api/getroommeasure
    Tokens:    curl -X POST http://localhost:PORT/simulator/tokens
               curl -X POST 'http://localhost:PORT/simulator/tokens?scope=read_station'
    Faults:    curl -H 'Content-Type: application/json' -d '{"fault": "status", "on": "token", "times": 2, "status": 503}' \\
                 http://localhost:PORT/simulator/faults
               curl -X DELETE http://localhost:PORT/simulator/faults
    Log out:   curl -X POST http://localhost:PORT/simulator/revoke
    Record:    curl http://localhost:PORT/simulator/requests

    """
