import Foundation
import Testing

@testable import Homes

@Suite("How warm it feels")
struct FeltTemperatureTests {
    private func feeling(
        _ temperature: Double, humidity: Double? = 60, wind: Double? = nil, _ formula: FeltTemperature.WarmFormula = .humidex
    ) -> FeltTemperature? {
        FeltTemperature(temperature: temperature, humidity: humidity, wind: wind, warmFormula: formula)
    }

    @Test(
        "In the cold and the wind it is what Environment Canada's chart says",
        arguments: [
            (5, 5, 4), (5, 30, 0), (5, 80, -3), (0, 5, -2), (0, 10, -3), (0, 40, -7), (-5, 20, -12), (-10, 5, -13), (-10, 25, -19),
            (-15, 60, -30), (-20, 30, -33), (-25, 20, -37), (-30, 10, -39), (-35, 45, -55), (-40, 80, -67), (-50, 5, -58), (-50, 80, -81),
        ] as [(Double, Double, Double)])
    func windChill(temperature: Double, wind: Double, expected: Double) throws {
        let felt = try #require(feeling(temperature, wind: wind))
        #expect(felt.celsius.rounded() == expected && felt.formula == .windChill)
    }

    @Test(
        "In the warmth it is Environment Canada's humidex of the temperature and the dew point",
        arguments: [
            (30, 15, 34, 0.5), (30, 25, 42, 0.5), (43, 28, 59, 0.5), (36, 10, 37, 0.5), (20, 20, 27.57, 0.011), (22, 15, 25.969, 0.011),
            (28, 20, 35.57, 0.011), (28, 26, 41.459, 0.011), (34, 25, 46.338, 0.011),
        ] as [(Double, Double, Double, Double)])
    func humidex(temperature: Double, dewPoint: Double, expected: Double, tolerance: Double) throws {
        let exponent = { (celsius: Double) in 17.625 * celsius / (243.04 + celsius) }
        let humidity = 100 * exp(exponent(dewPoint) - exponent(temperature))
        let felt = try #require(feeling(temperature, humidity: min(humidity, 100)))
        #expect(abs(felt.celsius - expected) <= tolerance && felt.formula == .humidex)
    }

    @Test(
        "or the US National Weather Service's heat index, for those who prefer it",
        arguments: [(80, 40, 80), (80, 90, 86), (84, 70, 90), (90, 60, 100), (92, 50, 99), (96, 70, 126), (100, 55, 124), (104, 45, 124)]
            as [(Double, Double, Double)])
    func heatIndex(fahrenheit: Double, humidity: Double, expected: Double) throws {
        // Computed from whole °F, as the chart is; a hundredth of a °C is less than it tells apart.
        let felt = try #require(feeling((fahrenheit - 32) * 5 / 9 + 1e-9, humidity: humidity, .heatIndex))
        #expect((felt.celsius * 9 / 5 + 32).rounded() == expected && felt.formula == .heatIndex)
    }

    @Test(
        "Each formula holds up to its borders and not a step beyond",
        arguments: [
            (10, 60, 4.9, .humidex, .windChill), (10.1, 60, 4.9, .humidex, nil), (10, 60, 4.8, .humidex, nil),
            (-20, 60, 4.8, .heatIndex, nil), (-20, nil, 4.9, .heatIndex, .windChill), (19.9, 100, 30, .humidex, nil),
            (20, 100, 30, .humidex, .humidex), (20, 42, nil, .humidex, nil), (20, 43, nil, .humidex, .humidex),
            (50, 50, nil, .humidex, .humidex), (50.1, 50, nil, .humidex, nil), (30, nil, nil, .humidex, nil),
            (26.6, 90, nil, .heatIndex, nil), (26.7, 90, nil, .heatIndex, .heatIndex), (50, 20, nil, .heatIndex, .heatIndex),
            (50.1, 20, nil, .heatIndex, nil), (30, nil, nil, .heatIndex, nil),
        ] as [(Double, Double?, Double?, FeltTemperature.WarmFormula, FeltTemperature.Formula?)])
    func borders(
        temperature: Double, humidity: Double?, wind: Double?, preferred: FeltTemperature.WarmFormula, formula: FeltTemperature.Formula?
    ) throws {
        let felt = try #require(feeling(temperature, humidity: humidity, wind: wind, preferred))
        #expect(felt.formula == formula)
        #expect((felt.celsius == temperature) == (formula == nil), "it feels as it is where none holds: \(felt.celsius)")
    }

    @Test("In the cold it is not known without the wind, in mild air it is", arguments: [(10, false), (10.1, true), (-40, false)])
    func unknownWind(temperature: Double, isKnown: Bool) {
        #expect((feeling(temperature) != nil) == isKnown)
    }

    // MARK: Of stations

    private static let now = Date(timeIntervalSince1970: 1_795_454_285)

    private func module(_ kind: Device.Kind, _ values: MeasureTable<Double>, age: TimeInterval = 0) -> Device {
        Device(id: kind.rawValue, kind: kind, name: nil, readings: Readings(time: Self.now.addingTimeInterval(-age), values: values))
    }

    private func station(_ modules: [Device], home: String? = "a", isFavorite: Bool = false) -> Station {
        Station(
            base: Device(id: "70:\(modules.count)", kind: .base, name: nil, readings: nil), modules: modules, name: nil, homeName: home,
            homeID: home, isFavorite: isFavorite)
    }

    private func chill(_ stations: [Station]) -> Double? {
        let felt = stations.withFeltTemperatures(.humidex)
        return felt[0].modules[0].readings?.felt.flatMap { $0.formula == .windChill ? $0.celsius.rounded() : nil }
    }

    @Test("The wind is the station's own, or else its home's; another home's is none")
    func wind() {
        let cold = module(.outdoor, [.temperature: -10])
        let (weak, strong) = (module(.wind, [.windStrength: 5]), module(.wind, [.windStrength: 25]))
        #expect(chill([station([cold, weak])]) == -13)
        #expect(chill([station([cold]), station([strong])]) == -19)
        #expect(chill([station([cold, weak]), station([strong])]) == -13)
        #expect(chill([station([cold]), station([strong], home: "b")]) == nil)
        #expect(chill([station([cold]), station([strong], isFavorite: true)]) == nil)
        #expect(chill([station([cold])]) == nil)
    }

    @Test(
        "Air and wind are measured within half an hour of each other",
        arguments: [(1800, true), (1801, false), (-1800, true), (-1801, false)])
    func sameTime(age: TimeInterval, isUsed: Bool) {
        let modules = [module(.outdoor, [.temperature: -10]), module(.wind, [.windStrength: 25], age: age)]
        #expect((chill([station(modules)]) != nil) == isUsed)
    }

    @Test("It is told of outdoor modules alone, by the formula that the account prefers, and leaves all else as it is")
    func others() {
        let warm: MeasureTable<Double> = [.temperature: 30, .humidity: 70]
        let before = [station([module(.outdoor, warm), module(.indoor, warm), Device(id: "x", kind: .outdoor, name: nil, readings: nil)])]
        let after = before.withFeltTemperatures(.heatIndex)
        #expect(after[0].modules[0].readings?.felt?.formula == .heatIndex)
        #expect(before.withFeltTemperatures(.humidex)[0].modules[0].readings?.felt?.formula == .humidex)
        #expect(after[0].modules[0].readings?.values == before[0].modules[0].readings?.values)
        #expect(after[0].modules.dropFirst() == before[0].modules.dropFirst() && after[0].base == before[0].base)
    }
}
