/// Parts that are in order, to be changed.
extension HostileHomes {
    static func home(_ id: String, _ name: String, _ changes: JSON = [:]) -> JSON {
        let home: JSON = [
            "id": .text(id), "name": .text(name), "altitude": 12, "coordinates": [5.3, 60.4], "country": "NO",
            "timezone": "Europe/Oslo", "therm_mode": "schedule", "temperature_control_mode": "heating",
            "rooms": [room("1", "Room", modules: ["1"])], "modules": [module("1", "Module", room: "1")], "schedules": [schedule(room: "1")],
        ]
        return home.merging(changes)
    }

    static func room(_ id: JSON, _ name: JSON, modules: JSON) -> JSON {
        ["id": id, "name": name, "type": "livingroom", "module_ids": modules]
    }

    static func module(_ id: JSON, _ name: JSON, room: JSON) -> JSON {
        ["id": id, "name": name, "type": "NRV", "setup_date": 1_600_000_000, "room_id": room, "bridge": "relay"]
    }

    static func schedule(room: JSON) -> JSON {
        [
            "id": "schedule", "name": "Schedule", "type": "therm", "selected": true, "away_temp": 12, "hg_temp": 7,
            "zones": [
                ["id": 0, "name": "Day", "type": 0, "rooms": [["id": room, "therm_setpoint_temperature": 20]]],
                ["id": 1, "name": "Night", "type": 1, "rooms": [["id": room, "temp": 16]]],
            ],
            "timetable": [["zone_id": 0, "m_offset": 0], ["zone_id": 1, "m_offset": 1320]],
        ]
    }

    static func roomStatus(_ id: JSON, now: Int, _ changes: JSON = [:]) -> JSON {
        let room: JSON = [
            "id": id, "reachable": true, "therm_measured_temperature": 20.5, "therm_setpoint_temperature": 21,
            "therm_setpoint_mode": "schedule", "therm_setpoint_start_time": .integer(now - 3600), "therm_setpoint_end_time": 0,
            "heating_power_request": 40, "anticipating": false, "open_window": false,
        ]
        return room.merging(changes)
    }

    static func moduleStatus(_ id: JSON, now: Int, _ changes: JSON = [:]) -> JSON {
        let module: JSON = [
            "id": id, "type": "NRV", "reachable": true, "firmware_revision": 92, "rf_strength": 70, "battery_level": 3000,
            "battery_state": "high", "bridge": "relay", "last_seen": .integer(now - 60),
        ]
        return module.merging(changes)
    }

    static func status(_ id: JSON, rooms: [JSON], modules: [JSON]) -> JSON {
        ["home": ["id": id, "rooms": .array(rooms), "modules": .array(modules)]]
    }
}
