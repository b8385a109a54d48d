import FoundationEssentials
import Testing

@testable import Homes
@testable import Screen

@Suite("The rows of the readings")
struct ReadingsListTests {
    private func list(_ stations: [Station] = ReadingScenes.stations, by order: ReadingsOrder = ReadingsOrder(), _ query: String = "")
        -> ReadingsList
    {
        ReadingsList(stations: stations, by: order, matching: SearchQuery(query), separator: "·")
    }

    private func titles(_ list: ReadingsList) -> [String] {
        list.rows.map { row in
            switch row {
            case .home(let title, let isFavorite): "# \(title)\(isFavorite ? " *" : "")"
            case .station(let title): "## \(title)"
            case .device(let index): list.devices[index].module.title
            }
        }
    }

    @Test("Homes and the stations of a home have headings, favourites come last")
    func headings() {
        #expect(
            titles(list()) == [
                "# House · Bergen", "## Ground floor", "Living room", "Garden", "Rain", "Wind", "## Upstairs", "Bedroom", "Attic", "Cellar",
                "Workshop", "# Cabin · Geilo", "Kjøkken", "# Home coaches · Bergen", "Nursery", "Study", "# Jardin de Marie · Paris *",
                "Base 04", "Outdoor 04",
            ])
    }

    @Test("One home needs no heading, unless it is a favourite")
    func oneHome() {
        #expect(titles(list([ReadingScenes.cabin])) == ["Kjøkken"])
        #expect(titles(list([ReadingScenes.favorite])) == ["# Jardin de Marie · Paris *", "Base 04", "Outdoor 04"])
        #expect(list([]).rows.isEmpty)
    }

    @Test("A device that stands alone in a home of several stations is under no station's heading")
    func alone() {
        let coach = Station(
            base: ReadingScenes.module("70:cx", .homeCoach, "Hall", [.temperature: 20]), modules: [], name: "Hall", homeName: "House",
            homeID: "h1")
        #expect(titles(list(ReadingScenes.house + [coach])).prefix(2) == ["Hall", "## Ground floor"])
    }

    @Test("The home names the town only where it is called otherwise")
    func town() {
        let base = ReadingScenes.module("70:x", .base, "Indoor", [.temperature: 20])
        let place = ReadingScenes.cabin.place
        let stations = ["Geilo", "", nil].map { Station(base: base, modules: [], name: "Hytte", homeName: $0, homeID: $0, place: place) }
        #expect(titles(list(stations)).filter { $0.hasPrefix("#") } == ["# Geilo", "# Hytte · Geilo", "# Hytte · Geilo"])
    }

    @Test("An order by values compares all devices, without headings")
    func flat() {
        #expect(
            titles(list(by: ReadingsOrder(criterion: .temperature))) == [
                "Nursery", "Study", "Living room", "Bedroom", "Workshop", "Attic", "Kjøkken", "Outdoor 04", "Garden", "Rain", "Wind",
                "Cellar",
                "Base 04",
            ])
    }

    @Test("A filter leaves the headings of what matches")
    func filtered() {
        #expect(
            titles(list(ReadingScenes.stations, "bergen room")) == [
                "# House · Bergen", "## Ground floor", "Living room", "## Upstairs", "Bedroom",
            ])
        #expect(list(ReadingScenes.stations, "bergen room").matchCount == 2)
    }

    @Test(
        "A filter looks at names of modules, stations, homes and towns, at kinds, and at what is out of reach",
        arguments: [
            ("kjok", ["Kjøkken"]), ("UPSTAIRS attic", ["Attic"]), ("cabin", ["Kjøkken"]), ("geilo", ["Kjøkken"]),
            ("coach", ["Nursery", "Study"]),
            ("favourite outdoor", ["Outdoor 04"]), ("unreachable", ["Cellar"]), ("wind", ["Wind"]), ("  attic   ", ["Attic"]),
            ("attic cabin", []),
            ("\u{1B}[2J", []), ("\u{202E}", []),
        ])
    func search(_ query: String, _ names: [String]) {
        let list = list(ReadingScenes.stations, query)
        #expect(list.rows.indices.compactMap { list.device(atRow: $0)?.module.title } == names)
    }

    @Test("An id that comes twice still names two devices")
    func copies() {
        let twin = ReadingScenes.module("02:01", .outdoor, "Twin", [.temperature: 1])
        let list = list([Station(base: twin, modules: [twin, twin], name: nil, homeName: nil)])
        #expect(Set(list.devices.map(\.key)).count == 3)
        #expect(list.devices.map { list.row(of: $0.key) } == [0, 1, 2])
    }

    @Test(
        "Devices with stale readings are counted; what has no readings has none that could be stale",
        arguments: [(0.0, 12), (29.999, 12), (30, 11), (59.999, 11), (60, 1), (7383.999, 1), (7384, 0)])
    func stale(staleAge: Double, count: Int) {
        let freshness = Freshness(at: ReadingScenes.now, staleAge: .milliseconds(Int(staleAge * 1000)))
        #expect(list().staleCount(freshness) == count)
    }

    @Test("Readings without a time are counted as stale, as they are everywhere else")
    func timeless() {
        let readings = Readings(time: nil, values: [.temperature: 20])
        let devices = [
            Device(id: "1", kind: .base, name: nil, readings: readings), ReadingScenes.module("2", .indoor, nil, [.temperature: 20]),
            ReadingScenes.module("3", .indoor, nil),
        ]
        let list = list([Station(base: devices[0], modules: Array(devices.dropFirst()), name: nil, homeName: nil)])
        #expect(list.staleCount(Freshness(at: ReadingScenes.now, staleAge: .seconds(3600))) == 1)
    }
}

@Suite("The order of the readings")
struct ReadingsOrderTests {
    private let devices = [
        ReadingScenes.module(
            "1", .indoor, "Room 10", [.temperature: 20, .humidity: 40, .co2: 900], battery: ReadingScenes.battery(50), age: 30),
        ReadingScenes.module("2", .indoor, "room 2", [.temperature: -5, .humidity: 90], battery: ReadingScenes.battery(8), age: 900),
        ReadingScenes.module("3", .indoor, "Ærlig", [.co2: 400], signal: .radio(60)),
        ReadingScenes.module("4", .indoor, "Attic", reachable: false, signal: .radio(70)),
        ReadingScenes.module("5", .base, "Zoo", [.temperature: 20], signal: .wifi(90)),
    ]

    private func ids(_ criterion: ReadingsOrder.Criterion, reversed: Bool = false) -> String {
        ReadingsOrder(criterion: criterion, isReversed: reversed).sorted(devices).map { devices[$0].id }.joined()
    }

    @Test(
        "Each criterion begins with what people look for, and what has no value is last either way",
        arguments: [
            (ReadingsOrder.Criterion.home, "12345", "54321"), (.name, "34215", "51243"), (.temperature, "15234", "21534"),
            (.humidity, "21345", "12345"),
            (.co2, "13245", "31245"), (.battery, "21345", "12345"), (.radio, "45312", "35412"), (.age, "42351", "13524"),
        ])
    func order(_ criterion: ReadingsOrder.Criterion, _ forward: String, _ backward: String) {
        #expect(ids(criterion) == forward)
        #expect(ids(criterion, reversed: true) == backward)
    }

    @Test("s goes through all criteria and comes back to NetAtmo's order")
    func cycle() {
        var order = ReadingsOrder()
        let seen = ReadingsOrder.Criterion.allCases.map { _ in
            order = order.next
            return order.criterion
        }
        #expect(Set(seen).count == ReadingsOrder.Criterion.allCases.count)
        #expect(order == ReadingsOrder())
    }

    @Test(
        "Numbers in names sort by their value",
        arguments: [("Room 2", "Room 10"), ("a9b", "a10b"), ("a", "b"), ("Ute", "vind"), ("room 007", "room 8")])
    func natural(_ first: String, _ second: String) {
        #expect(SearchText.sortKey(first).lexicographicallyPrecedes(SearchText.sortKey(second)))
        #expect(!SearchText.sortKey(second).lexicographicallyPrecedes(SearchText.sortKey(first)))
    }
}

@Suite("Text as a search compares it")
struct SearchTextTests {
    @Test(
        "Case and accents make no difference",
        arguments: [
            ("Kjøkken", "kjokken"), ("ÅRSTAD", "arstad"), ("Stra\u{DF}e", "strasse"), ("Cafe\u{301}", "cafe"), ("Café", "cafe"),
            ("Łódź", "lodz"),
            ("Ærø", "aero"), ("ΑΘΗΝΑ", "αθηνα"), ("МОСКВА", "москва"), ("東京", "東京"),
        ])
    func folding(_ text: String, _ folded: String) {
        #expect(String(decoding: SearchText.folded(text), as: UTF8.self) == folded)
    }

    @Test("A query holds where all its words do, in any order")
    func words() {
        let text = SearchText.folded("Stue\nFjord\nBergen")
        #expect(["", " ", "berg", "BERG stu", "fjord  bergen"].map { SearchQuery($0).matches(text) } == [true, true, true, true, true])
        #expect(["bergens", "stue oslo", "stuefjord"].map { SearchQuery($0).matches(text) } == [false, false, false])
    }
}
