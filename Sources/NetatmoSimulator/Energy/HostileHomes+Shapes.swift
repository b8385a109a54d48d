/// Homes whose IDs, words and shapes are bad.
extension HostileHomes {
    static func numbersAsIDs(_ now: Int) -> Home {
        let changes: JSON = [
            "id": 4_711, "rooms": [room(2_746_182_631, "Number", modules: [17, "18"]), room("2746182632", "Digits", modules: ["18"])],
            "modules": [module(17, "Number", room: "2746182631"), module("18", "Digits", room: 2_746_182_632)],
            "schedules": [schedule(room: 2_746_182_631)],
        ]
        return Home(
            data: home("", "IDs as numbers", changes),
            // What was a number is text here, and the other way round.
            status: status(
                "4711", rooms: [roomStatus("2746182631", now: now), roomStatus(2_746_182_632, now: now), roomStatus(1.5, now: now)],
                modules: [moduleStatus("17", now: now), moduleStatus(18, now: now)])
        )
    }

    static func unknownWords(_ now: Int) -> Home {
        let zones: JSON = [["id": 42, "name": "Party", "type": 42, "rooms": []]]
        let changes: JSON = [
            "therm_mode": "party", "temperature_control_mode": "<b>", "timezone": "Mars/Olympus",
            "rooms": [room("1", "Room", modules: ["1", "nobody"]).merging(["type": "<script>alert(1)</script>"])],
            "modules": [
                module("1", "Unknown type", room: "1").merging(["type": "NAThermostat9"]), module("2", "Unknown room", room: "99"),
                module("3", "Type of markup", room: "1").merging(["type": "<script>alert(1)</script>"]),
            ],
            "schedules": [
                schedule(room: "1").merging(["type": "moonlight", "zones": zones, "timetable": [["zone_id": 7, "m_offset": 0]]]),
                schedule(room: "1").merging(["type": "electricity"]), schedule(room: "1").merging(["type": "cooling"]),
            ],
        ]
        let rooms = ["party", "", "a\"} 1\nb{", "\u{1B}[2J", "MANUAL"].enumerated().map { number, mode in
            roomStatus(.text(String(number + 1)), now: now, ["therm_setpoint_mode": .text(mode), "odd\nkey": 1])
        }
        let modules = [
            moduleStatus("1", now: now, ["type": "NAThermostat9", "battery_state": "exhausted"]),
            moduleStatus("2", now: now, ["battery_state": "\u{1B}[31m", "bridge": "nobody"]), moduleStatus("99", now: now),
        ]
        return Home(data: home("unknown-words", "Unknown words", changes), status: status("unknown-words", rooms: rooms, modules: modules))
    }

    static let wrongTypes = Home(
        data: [
            "id": "wrong-types", "name": ["a": "b"], "timezone": 7, "coordinates": "here", "therm_mode": ["schedule"],
            "rooms": ["1": ["id": "1"]], "modules": "none", "schedules": 42,
        ],
        status: [
            "home": ["id": ["wrong-types"], "rooms": "warm", "modules": ["1": ["id": "1"]]], "errors": ["code": 6, "id": "1"],
        ]
    )

    /// Two rooms of one name, two of one ID, and a module that two rooms claim.
    static func twins(_ now: Int) -> Home {
        let rooms = [room("1", "Twin", modules: ["1"]), room("2", "Twin", modules: ["1"]), room("2", "Twin", modules: ["1"])]
        let module = self.module("1", "Twin", room: "1")
        return Home(
            data: home("twins", "Twins", ["rooms": .array(rooms), "modules": [module, module]]),
            status: status(
                "twins", rooms: ["1", "2", "2"].map { roomStatus($0, now: now) },
                modules: [moduleStatus("1", now: now), moduleStatus("1", now: now)])
        )
    }

    /// Errors beside data, of devices that answer, of none, and with codes that don't exist.
    static func errors(_ now: Int) -> Home {
        let errors: JSON = [
            ["code": 6, "id": "1"], ["code": 6, "id": "nobody"], ["code": 99, "id": "1"], ["code": "6", "id": 1], ["code": 6], [:], nil,
            "6", ["id": nil, "code": nil],
        ]
        let status = self.status("errors", rooms: [roomStatus("1", now: now)], modules: [moduleStatus("1", now: now)])
        return Home(data: home("errors", "Errors"), status: status.merging(["errors": errors]))
    }
}
