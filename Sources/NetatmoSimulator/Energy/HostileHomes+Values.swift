/// Homes whose values are bad.
extension HostileHomes {
    /// A room and a valve of each hostile name, in a home and with a schedule of such names.
    static func named(_ now: Int) -> Home {
        let names = HostileAccount.names.enumerated().map { (number: $0.offset + 1, name: JSON.text($0.element.text)) }
        let bad: JSON = "<script>alert(1)</script>\u{1B}[2J\"\n"
        let zones: JSON = [["id": 0, "name": bad, "type": 0, "rooms": [["id": "1", "therm_setpoint_temperature": 20]]]]
        let data = home(
            "names", "",
            [
                "name": bad, "timezone": bad, "country": bad,
                "rooms": .array(names.map { room(.text("\($0.number)"), $0.name, modules: [.text("valve \($0.number)")]) }),
                "modules": .array(names.map { module(.text("valve \($0.number)"), $0.name, room: .text("\($0.number)")) }),
                "schedules": [schedule(room: "1").merging(["name": bad, "zones": zones])],
            ]
        )
        let rooms = names.map { roomStatus(.text("\($0.number)"), now: now) }
        let modules = names.map { moduleStatus(.text("valve \($0.number)"), now: now) }
        return Home(data: data, status: status("names", rooms: rooms, modules: modules))
    }

    static let nulls = Home(
        data: [
            "id": "nulls", "name": nil, "altitude": nil, "coordinates": nil, "country": nil, "timezone": nil, "therm_mode": nil,
            "temperature_control_mode": nil, "schedules": nil,
            "rooms": [["id": "1", "name": nil, "type": nil, "module_ids": nil], ["id": "2"], ["id": nil, "name": "ID is null"], nil],
            "modules": [["id": "1", "name": nil, "type": nil, "setup_date": nil, "room_id": nil, "bridge": nil], ["type": "NRV"], nil],
        ],
        status: [
            "home": [
                "id": "nulls",
                "rooms": [
                    [
                        "id": "1", "reachable": nil, "therm_measured_temperature": nil, "therm_setpoint_temperature": nil,
                        "therm_setpoint_mode": nil, "therm_setpoint_start_time": nil, "therm_setpoint_end_time": nil,
                        "heating_power_request": nil, "anticipating": nil, "open_window": nil,
                    ], ["id": "2"], nil,
                ],
                "modules": [
                    [
                        "id": "1", "type": nil, "reachable": nil, "firmware_revision": nil, "rf_strength": nil, "battery_level": nil,
                        "battery_state": nil, "boiler_status": nil, "last_seen": nil, "bridge": nil,
                    ], nil,
                ],
            ],
            "errors": nil,
        ]
    )

    static func numbersAsText(_ now: Int) -> Home {
        let words: JSON = [
            "reachable": "true", "therm_measured_temperature": "20.5", "therm_setpoint_temperature": "NaN",
            "therm_setpoint_start_time": .text(String(now - 60)), "therm_setpoint_end_time": "never", "heating_power_request": "1e999",
            "anticipating": "no", "open_window": "1",
        ]
        let device: JSON = [
            "firmware_revision": "92", "rf_strength": "70 ", "battery_level": "3000mV", "battery_state": 3, "last_seen": "yesterday",
            "boiler_status": "on",
        ]
        let zone: JSON = ["id": "0", "name": 0, "type": "0", "rooms": [["id": "1", "therm_setpoint_temperature": "20,5"]]]
        let changes: JSON = [
            "altitude": "12 m",
            "schedules": [
                schedule(room: "1").merging([
                    "away_temp": "Infinity", "selected": "true", "zones": [zone], "timetable": [["zone_id": "0", "m_offset": "0"]],
                ])
            ],
        ]
        return Home(
            data: home("numbers-as-text", "Numbers as text", changes),
            status: status("numbers-as-text", rooms: [roomStatus("1", now: now, words)], modules: [moduleStatus("1", now: now, device)])
        )
    }

    static func impossibleValues(_ now: Int) -> Home {
        let values: [JSON] = [-274, 1e300, -1e300, .integer(.max), .integer(.min), 255, 65_535, 1e-300]
        let rooms = values.enumerated().map { number, value in
            roomStatus(
                .text(String(number + 1)), now: now,
                [
                    "therm_measured_temperature": value, "therm_setpoint_temperature": value, "therm_setpoint_start_time": value,
                    "therm_setpoint_end_time": value, "heating_power_request": value, "humidity": value,
                    "cooling_setpoint_temperature": value,
                ]
            )
        }
        let modules = values.enumerated().map { number, value in
            moduleStatus(
                .text(String(number + 1)), now: now,
                [
                    "type": "OTH", "firmware_revision": value, "rf_strength": value, "rf_strenght": -1, "wifi_strength": value,
                    "battery_level": value, "last_seen": value, "outdoor_temperature": value,
                ]
            )
        }
        // Not in order, outside of the week, of a zone that isn't there.
        let offsets: [JSON] = [600, 0, -1, 10_080, .integer(.max), .integer(.min), 0.5]
        let timetable = JSON.array(offsets.map { ["zone_id": 0, "m_offset": $0] } + [["zone_id": 99, "m_offset": 1]])
        let changes: JSON = [
            "altitude": 1e300, "coordinates": [1e9, -1e9],
            "schedules": [schedule(room: "1").merging(["away_temp": -500, "hg_temp": .integer(.max), "timetable": timetable])],
        ]
        return Home(
            data: home("impossible-values", "Impossible values", changes),
            status: status("impossible-values", rooms: rooms, modules: modules)
        )
    }
}
