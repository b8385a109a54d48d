/// The warmth of one room: a pure function of seed, place, room and time.
///
/// First order: the room loses warmth to the weather in proportion to the difference, and gains it from the heating and from those who live
/// in it. The valve opens as far as the loss needs, and further the colder the room is.
struct RoomHeat: Sendable {
    /// Seconds between two points of a course.
    static let step = 300

    /// So long before a day its course begins, that where it began is forgotten: four times the loss's own time.
    private static let warmUp = 2 * CentralEuropeanTime.secondsPerDay
    /// Weather is slow: it is looked at so often.
    private static let weatherStep = 1800
    /// How fast an open window cools, hours until two thirds of the warmth are gone.
    private static let windowHours = 1.5
    /// How much further the valve opens for each K that is missing.
    private static let gain = 0.8

    let room: SimulatedRoom
    let plan: HeatingPlan
    let weather: SiteWeather
    /// Rooms of one key share a course.
    let key: String
    private let noise: Noise

    init(room: SimulatedRoom, home: SimulatedHome, weather: SiteWeather, seed: UInt64) {
        self.room = room
        self.weather = weather
        plan = home.plan(of: room)
        key = home.id + "/" + room.model
        noise = Noise(seed: seed, name: key)
    }

    /// - Parameter day: counted from 1 January 1970, UTC.
    func course(ofDay day: Int) -> HeatCourse {
        let begin = day * CentralEuropeanTime.secondsPerDay
        let hours = Double(Self.step) / Double(CentralEuropeanTime.secondsPerHour)
        var course = HeatCourse()
        var temperature = plan.setpoint(at: begin - Self.warmUp).temperature
        var outdoors = 0.0
        for time in stride(from: begin - Self.warmUp, to: begin + CentralEuropeanTime.secondsPerDay, by: Self.step) {
            if time.floorRemainder(by: Self.weatherStep) == 0 { outdoors = weather.exactTemperature(at: time) }
            let isOpen = plan.isWindowOpen(at: time)
            let power = isOpen ? 0 : power(at: time, temperature: temperature, outdoors: outdoors)
            if time >= begin { course.append(temperature: temperature, power: power) }
            let people = 0.3 + 0.4 * noise.smooth(.roomHours, at: time, period: 4 * CentralEuropeanTime.secondsPerHour)
            let loss = 1 / room.lossHours + (isOpen ? 1 / Self.windowHours : 0)
            temperature += hours * ((outdoors - temperature) * loss + room.heating * Double(power) / 100 + people)
        }
        course.end(temperature: temperature)
        return course
    }

    /// How far the heating is open, %.
    private func power(at time: Int, temperature: Double, outdoors: Double) -> Int {
        let aim = plan.aim(at: time)
        let need = (aim - outdoors) / room.lossHours / room.heating
        return ((need + (aim - temperature) * Self.gain) * 100).clamped(to: 0...100)
    }
}

/// A room's temperatures and its heating over a day, every ``RoomHeat/step`` seconds. Small, since many are kept.
struct HeatCourse: Sendable {
    private var temperatures: [Float] = []
    private var powers: [UInt8] = []

    mutating func append(temperature: Double, power: Int) {
        temperatures.append(Float(temperature))
        powers.append(UInt8(power))
    }

    mutating func end(temperature: Double) {
        temperatures.append(Float(temperature))
    }

    /// °C.
    /// - Parameter second: of the day.
    func temperature(at second: Int) -> Double {
        let index = second / RoomHeat.step
        let fraction = Double(second % RoomHeat.step) / Double(RoomHeat.step)
        return Double(temperatures[index]) * (1 - fraction) + Double(temperatures[index + 1]) * fraction
    }

    /// %, held through a step.
    func power(at second: Int) -> Int {
        Int(powers[second / RoomHeat.step])
    }
}
