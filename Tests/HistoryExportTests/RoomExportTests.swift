import EngineAPI
import FoundationEssentials
import TestSupport
import Testing

@testable import HistoryExport
@testable import Homes

@Suite("An export of rooms")
struct RoomExportTests {
    private static let room = ExportedDevice(
        home: "Fjord", module: "Stue", station: "", subject: HistorySubject(room: "1", ofHome: "h", measures: [.temperature, .setpoint]),
        setUp: nil)
    private static let boiler = ExportedDevice(
        home: "Fjord", module: "Termostat", station: "",
        subject: HistorySubject(deviceID: "p", moduleID: "t", measures: [.boilerMinutes]), setUp: nil)

    private func history(_ measures: [Measure], _ values: [Double?]) -> MeasureHistory {
        var history = MeasureHistory(measures: measures)
        history.append(at: SampleExport.time(1800)) { measure in measures.firstIndex(of: measure).flatMap { values[$0] } }
        return history
    }

    private func text(_ format: ExportFormat, scale: HistoryScale = .measurement) -> String {
        let module = SampleExport.device(measures: [.temperature], scale: scale)
        let text = ExportText(order: SampleExport.order(format, [module, Self.room, Self.boiler], scale: scale))
        let rows: [(ExportedDevice, [Double?])] = [(module, [-3]), (Self.room, [20.4, 21]), (Self.boiler, [12.5])]
        let pieces = rows.flatMap { device, values in
            text.pieces(
                of: history(device.subject.measures, values),
                for: ExportPage(device: device, start: SampleExport.time(0), end: SampleExport.time(86_400)))
        }
        return text.files.compactMap { file in
            text.head(of: file) + pieces.filter { $0.file == file }.map(\.text).joined()
        }.joined() + text.end
    }

    @Test("has a column of its own in CSV, which an export without rooms has not")
    func csv() {
        #expect(
            text(.csv) == """
                time,home,station,module,room,id,temperature,setpoint,boilerMinutes
                2023-01-01T00:30:00Z,Fjord,Fjord (Stue),Ute,,02:01,-3,,
                2023-01-01T00:30:00Z,Fjord,,,Stue,1,20.4,21,
                2023-01-01T00:30:00Z,Fjord,,Termostat,,t,,,12.5

                """)
        let without = ExportText(order: SampleExport.order(.csv, [Self.boiler]))
        #expect(without.head(of: "") == "time,home,station,module,id,boilerMinutes\n")
    }

    @Test("says room in place of module in JSON and in line protocol")
    func objects() {
        #expect(
            text(.json).split(separator: "\n").suffix(2) == [
                #"{"time":"2023-01-01T00:30:00Z","home":"Fjord","room":"Stue","id":"1","readings":{"temperature":20.4,"setpoint":21}}"#,
                #"{"time":"2023-01-01T00:30:00Z","home":"Fjord","module":"Termostat","id":"t","readings":{"boilerMinutes":12.5}}"#,
            ])
        #expect(
            text(.influx).split(separator: "\n").suffix(2) == [
                "netatmo,home=Fjord,id=1,room=Stue temperature=20.4,setpoint=21 1672533000000000000",
                "netatmo,home=Fjord,id=t,module=Termostat boilerMinutes=12.5 1672533000000000000",
            ])
    }

    @Test("goes to the series of /metrics, beside those of the sensors")
    func openMetrics() {
        #expect(
            text(.openMetrics) == """
                # HELP netatmo_boiler_minutes_per_hour How many minutes of each hour the boiler burned, in the step that begins then
                # TYPE netatmo_boiler_minutes_per_hour gauge
                netatmo_boiler_minutes_per_hour{home="Fjord",module="Termostat"} 12.5 1672533000
                # HELP netatmo_room_setpoint_celsius Temperature that the room is to have in celsius
                # TYPE netatmo_room_setpoint_celsius gauge
                netatmo_room_setpoint_celsius{home="Fjord",room="Stue"} 21 1672533000
                # HELP netatmo_room_temperature_celsius Temperature of the room in celsius
                # TYPE netatmo_room_temperature_celsius gauge
                netatmo_room_temperature_celsius{home="Fjord",room="Stue"} 20.4 1672533000
                # HELP netatmo_sensor_temperature_celsius Temperature measurement in celsius
                # TYPE netatmo_sensor_temperature_celsius gauge
                netatmo_sensor_temperature_celsius{home="Fjord",module="Ute",station="Fjord (Stue)"} -3 1672533000
                # EOF

                """)
    }

    @Test("has a room's extremes from a day on, and its setpoint below a day alone")
    func columns() {
        let names = { (scale: HistoryScale) in SampleExport.order(.csv, [Self.room], scale: scale).columns.map(\.name) }
        for scale in [HistoryScale.measurement, .halfHour, .threeHours] { #expect(names(scale) == ["temperature", "setpoint"]) }
        for scale in [HistoryScale.day, .week, .month] { #expect(names(scale) == ["temperature", "temperatureMin", "temperatureMax"]) }
        #expect(
            ExportText(order: SampleExport.order(.openMetrics, [Self.room], scale: .day)).files == [
                "netatmo_room_temperature_celsius", "netatmo_room_temperature_celsius_max", "netatmo_room_temperature_celsius_min",
            ])
    }

    @Test("asks for half hours in place of each measurement, and a sixth of the requests; the half hour that is under way is left out")
    func pages() throws {
        let end = SampleExport.time(1024 * 1800 - 1)
        #expect(SampleExport.order(.csv, [Self.room], end: end).requests() == 1)
        #expect(SampleExport.order(.csv, [SampleExport.device()], end: end).requests() == 6)
        var position = ExportPosition()
        let page = try #require(SampleExport.order(.csv, [Self.boiler], end: SampleExport.time(1e8)).page(at: &position))
        #expect(page.end == end)
        for (seconds, count) in [(3599.0, 0), (3600, 1)] {
            let text = ExportText(order: SampleExport.order(.csv, [Self.room], orderedAt: SampleExport.time(seconds)))
            let page = ExportPage(device: Self.room, start: SampleExport.time(0), end: SampleExport.time(86_400))
            #expect(text.pieces(of: history(Self.room.subject.measures, [20, 21]), for: page).count == count, "\(seconds) s")
        }
    }

    @Test("is taken up again as what it was: a room, or a device where no kind is told")
    func state() throws {
        let order = SampleExport.order(.json, [Self.room, Self.boiler, SampleExport.device()])
        let bytes = try ExportState(order: order, overwrites: false).text()
        #expect(try ExportState(text: bytes).order == order)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.components(separatedBy: #""kind""#).count == 2, "of the room alone")
        #expect(throws: (any Error).self) { try ExportState(text: Array(text.replacing(#""kind":"room""#, with: #""kind":"x""#).utf8)) }
    }

    @Test("goes on with the others where the token does not allow rooms")
    func wrongScope() async throws {
        let order = SampleExport.order(.csv, [Self.room, Self.boiler, SampleExport.device()], end: SampleExport.time(3000))
        let told = Journal()
        let run = ExportRun(
            order: order,
            source: { subject, start, end throws(HistoryError) in
                if subject.isOfHeating { throw .failed(NetatmoError(.wrongScope, status: 403), next: SampleStations.now) }
                return SampleExport.answer(subject, from: start, to: end)
            }, clock: ManualClock()
        ) { if case .leavesOut(let error) = $0 { told.note("\(error)") } }
        var output = CollectedOutput()
        try await run.run(to: &output)
        #expect(output.isFinished && output.texts[""]?.contains(",Ute,") == true)
        #expect(told.entries.count == 2)
    }
}

@Suite("Which rooms an export is of")
struct RoomQueryTests {
    private static func home(_ id: String, _ name: String, rooms: [(id: String, name: String)], hasBoiler: Bool = true) -> EnergyHome {
        EnergyHome(
            id: id, name: name, rooms: rooms.map { Room(id: $0.id, name: $0.name, deviceIDs: ["t" + id]) },
            devices: [
                EnergyDevice(id: "p" + id, kind: .relay, name: "Relé"),
                EnergyDevice(
                    id: "t" + id, kind: .thermostat, name: "Termostat", relayID: "p" + id, state: .init(isBoilerOn: hasBoiler ? true : nil)),
            ], toldAt: SampleStations.now)
    }

    private static let homes = [
        home("1", "Fjord", rooms: [("11", "Stue"), ("12", "Bad"), ("13", "Bad")]),
        home("2", "Hytte", rooms: [("21", "Stue"), ("22", "Loft")], hasBoiler: false),
    ]

    private func query(_ rooms: [String], modules: [String] = [], measures: Set<Measure> = [], scale: HistoryScale = .hour) -> ExportQuery {
        ExportQuery(
            format: .csv, scale: scale, start: SampleExport.time(0), end: SampleExport.time(300), modules: modules, rooms: rooms,
            measures: measures)
    }

    private func ids(_ query: ExportQuery, homes: [EnergyHome]? = homes) throws -> [String] {
        try query.order(of: SampleStations.all, homes: homes, at: SampleStations.now).devices.map(\.subject.id)
    }

    @Test(
        "goes by a room's name, in any home or in one, by its id, by Boiler or all, in any case of letters",
        arguments: [
            (["stue"], ["11", "21"]), (["Fjord/Stue"], ["11"]), (["hytte/STUE"], ["21"]), (["22"], ["22"]), (["Bad (13)"], ["13"]),
            (["Bad"], ["12", "13"]), (["Boiler"], ["t1"]), (["Fjord/boiler", "Loft"], ["t1", "22"]), (["Termostat"], ["t1"]),
            (["all"], ["11", "12", "13", "t1", "21", "22"]),
        ])
    func names(rooms: [String], expected: [String]) throws {
        #expect(try ids(query(rooms)) == expected)
    }

    @Test("has the modules too where they are named, and no room where none is asked for")
    func beside() throws {
        #expect(try ids(query(["Loft"], modules: ["Ute"])).count == 2)
        #expect(try ids(query([])) == SampleStations.all.filter { !$0.isFavorite }.flatMap(\.historySubjects).map(\.id))
        #expect(try ids(query([]), homes: nil).count > 4)
    }

    @Test("has of a room what NetAtmo keeps at the scale")
    func measures() throws {
        let order = try query(["Loft", "Boiler"]).order(of: [], homes: Self.homes, at: SampleStations.now)
        #expect(order.devices.map(\.subject.measures) == [[.boilerMinutes], [.temperature, .setpoint]])
        #expect(order.devices.map(\.subject.kind) == [.device, .room] && order.devices.map(\.home) == ["Fjord", "Hytte"])
        #expect(try ids(query(["all"], measures: [.setpoint])) == ["11", "12", "13", "21", "22"])
        #expect(throws: ExportQuery.Mismatch.nothingMeasured) { try ids(query(["all"], measures: [.setpoint], scale: .day)) }
        #expect(throws: ExportQuery.Mismatch.nothingMeasured) { try ids(query(["Loft"], measures: [.co2])) }
    }

    @Test("names the rooms that there are where one is not there, with their home where another has one of that name")
    func unknown() {
        let known = ["Fjord/Stue", "Bad", "Bad (13)", "Boiler", "Hytte/Stue", "Loft"]
        #expect(throws: ExportQuery.Mismatch.unknownRoom("Cellar", known: known)) { try ids(query(["Loft", "Cellar"])) }
        #expect(throws: ExportQuery.Mismatch.noEnergy) { try ids(query(["Loft"]), homes: nil) }
        #expect(throws: ExportQuery.Mismatch.noRooms) { try ids(query(["Loft"]), homes: []) }
    }
}
