import Engine
import EngineAPI
import HTTPTypes
import Hummingbird
import NIOCore
import OperatingSystem

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

    var routes: [Route] {
        [.reading(.status, status), .reading(.health, health), .reading(.readiness, readiness)]
    }

    @Sendable private func status(_ request: Request, context: ExporterRequestContext) async throws -> Response {
        .body(.ok, contentType: "application/json", ResponseBody(contentsOf: try await page.text(at: clock.now)))
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
