import HummingbirdTesting
import Testing

@testable import NetatmoSimulator

@Suite("Accounts")
struct AccountTests {
    @Test(
        "An account for load tests has exactly so many units, each with its own ID",
        arguments: [
            (-1, 0, 0), (0, 0, 0), (1, 1, 1), (6, 1, 6), (7, 2, 7), (600, 100, 600),
        ])
    func load(asked: Int, bases: Int, units: Int) async throws {
        var configuration = Simulation.configuration
        configuration.moduleCount = asked
        let devices = try await Simulation(configuration).devices()
        let all = devices + devices.flatMap { $0["modules"]?.elements ?? [] }
        #expect(devices.count == bases)
        #expect(all.count == units)
        #expect(Set(all.compactMap { $0["_id"]?.string }).count == units)
        #expect(all.allSatisfy { ($0["dashboard_data"]?.keys.count ?? 0) > 1 && $0["module_name"] != nil })
    }

    @Test(
        "A battery's voltage agrees with its charge",
        arguments: [
            (ModuleKind.outdoor, 100, 6000), (.outdoor, 0, 4000), (.outdoor, 75, 5500), (.indoor, 0, 4560), (.indoor, 75, 5640),
            (.wind, 75, 5590), (.rain, 25, 4500), (.rain, -5, 4000), (.rain, 200, 6000),
        ])
    func batteries(kind: ModuleKind, percent: Int, voltage: Int) {
        #expect(kind.batteryVoltage(percent: percent) == voltage)
    }

    @Test("6000 units are 1000 full bases, and reporting on them computes each place's weather once")
    func manyUnits() {
        let account = Account.forLoad(moduleCount: 6000)
        #expect(account.stations.count == 1000)
        #expect(account.stations.allSatisfy { $0.modules.count == 5 })
        var book = WeatherBook(seed: 1, interval: 300)
        let report = StationsReport(now: TestClock.monday, started: TestClock.monday)
        #expect(account.stations.map { report.device($0, weather: &book) }.count == 1000)
    }
}
