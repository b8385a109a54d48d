import HTTPTypes
import Hummingbird
import NIOCore
import System

/// The exporter's state for programs: `/api/status` for those that show it, `/healthz` and `/readyz` for those that watch it.
struct StatusRoutes: Sendable {
    let store: SnapshotStore
    let clock: any WallClock
    let staleAge: Duration
    private let page: StatusPage

    init(store: SnapshotStore, clock: any WallClock, settings: StatusSettings) {
        self.store = store
        self.clock = clock
        staleAge = settings.staleAge
        page = StatusPage(store: store, settings: settings)
    }

    func add(to router: some RouterMethods<ExporterRequestContext>) {
        router.get("api/status", use: status)
    }

    /// What tells no more than that the exporter works, or why not.
    func addProbes(to router: some RouterMethods<ExporterRequestContext>) {
        router.get("healthz", use: health)
        router.get("readyz", use: readiness)
    }

    @Sendable private func status(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        let parts = try await page.text(at: clock.now)
        var response = Response.page(.ok, contentType: "application/json", "")
        response.body = ResponseBody(contentsOf: parts)
        return response
    }

    @Sendable private func health(_ request: Request, context: ExporterRequestContext) -> Response {
        .text(.ok, "ok")
    }

    @Sendable private func readiness(_ request: Request, context: ExporterRequestContext) -> Response {
        switch Readiness(store.snapshot, at: clock.now, staleAge: staleAge) {
        case .ready: .text(.ok, "ready")
        case .readyForNow(let warning): .text(.ok, "ready; \(warning)")
        case .notReady(let reason): .text(.serviceUnavailable, reason)
        }
    }
}
