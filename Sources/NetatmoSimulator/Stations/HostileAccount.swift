/// What an account could hold at worst: valid JSON that means harm, or contradicts the documentation in every way that was thought of.
///
/// Stations with a plain name say in it what is wrong with them. Where nothing is said of the time, all is measured a minute ago, so that
/// no client can spare itself the trouble because the readings are stale.
enum HostileAccount {
    /// `devices` of `getstationsdata`.
    /// - Parameter now: Unix seconds.
    static func stations(now: Int) -> JSON {
        let named = names.enumerated().map { self.named($1.text, number: $0, now: now) }
        return .array(
            named + [
                oddModules(now), numbersAsText(now), nulls, unreachable(now), sentinelsEverywhere(now),
                times, impossibleValues(now), wrongTypes, readingsAsText(now), modulesAsText(now),
            ] + duplicates(now) + noDevices
        )
    }

    /// `devices` of `gethomecoachsdata`.
    /// - Parameter now: Unix seconds.
    static func coaches(now: Int) -> JSON {
        let healths: [JSON] = [5, -1, 255, 1.5, "2", "unhealthy", nil, true, [1]]
        return .array(
            healths.enumerated().map { number, health in
                [
                    "_id": .text("70:ee:50:0c:ad:0\(number)"), "type": "NHC", "reachable": true,
                    number == 0 ? "station_name" : "name": .text("<script>alert(\(number))</script>\u{1B}[2J"),
                    "dashboard_data": indoors(now).merging(["health_idx": health]),
                ]
            } + [["_id": "70:ee:50:0c:ad:10", "type": "NHC", "name": nil, "reachable": "yes", "dashboard_data": []]] + noDevices
        )
    }

    /// `user`: preferences that don't exist.
    static let user: JSON = [
        "mail": "<script>alert(1)</script>@example.com",
        "administrative": ["unit": "1", "windunit": 99, "pressureunit": -1, "feel_like_algo": nil, "lang": 7, "reg_locale": "\u{1B}[2J"],
    ]

    // MARK: Parts that are in order

    private static func station(_ id: String, _ name: String, _ changes: JSON) -> JSON {
        let base: JSON = [
            "_id": .text("70:ee:50:0b:ad:" + id), "type": "NAMain", "station_name": .text(name), "home_name": .text(name),
            "module_name": .text(name), "reachable": true, "wifi_status": 50, "firmware": 204,
            "place": ["timezone": "Europe/Oslo", "country": "NO", "city": .text(name), "altitude": 12, "location": [5.3, 60.4]],
        ]
        return base.merging(changes)
    }

    private static func module(_ id: String, _ type: String, _ changes: JSON) -> JSON {
        let module: JSON = [
            "_id": .text("02:00:00:0b:" + id), "type": .text(type), "module_name": .text(id), "reachable": true, "rf_status": 70,
            "battery_vp": 5500, "battery_percent": 75, "firmware": 53,
        ]
        return module.merging(changes)
    }

    private static func outdoors(_ now: Int) -> JSON {
        ["time_utc": .integer(now - 60), "Temperature": 4.5, "Humidity": 80, "temp_trend": "stable"]
    }

    private static func indoors(_ now: Int) -> JSON {
        outdoors(now).merging(["CO2": 613, "Noise": 37, "Pressure": 1013.2, "AbsolutePressure": 1011.8])
    }

    // MARK: What is wrong

    private static func named(_ name: String, number: Int, now: Int) -> JSON {
        let id = String(number + 0x20, radix: 16)
        return station(
            id, name,
            [
                "dashboard_data": indoors(now),
                "modules": [module(id + ":01", "NAModule1", ["module_name": .text(name), "dashboard_data": outdoors(now)])],
            ]
        )
    }

    private static func oddModules(_ now: Int) -> JSON {
        let readings = outdoors(now)
        let unknown = readings.merging(["Radon": 148, "UV\"index": 3.5, "<b>": 1, "lines\n": 2, "text": "high", "list": [1, 2]])
        return station(
            "01", "Odd modules",
            [
                "dashboard_data": indoors(now),
                "modules": [
                    module("01:01", "NAModule1", ["module_name": "Twin", "dashboard_data": readings]),
                    module("01:02", "NAModule1", ["module_name": "Twin", "dashboard_data": readings]),
                    module("01:03", "NAModule4", ["module_name": "Odd modules", "dashboard_data": readings]),
                    module("01:04", "NAModule4", ["module_name": nil, "dashboard_data": readings]),
                    module("01:05", "NAModule4", ["module_name": "  ", "dashboard_data": readings]),
                    module("01:06", "NAModule4", ["module_name": ["list"], "dashboard_data": readings]),
                    module("01:07", "NAModule9", ["module_name": "Unknown type", "data_type": ["Radon"], "dashboard_data": unknown]),
                    module("01:08", "<script>alert(1)</script>", ["module_name": "Type of markup", "dashboard_data": readings]),
                    ["_id": "02:00:00:0b:01:09", "type": nil, "module_name": "No type", "dashboard_data": readings],
                    ["type": "NAModule1", "module_name": "No ID", "dashboard_data": readings],
                    ["_id": 12, "type": "NAModule1", "module_name": "ID is a number", "dashboard_data": readings],
                    ["a module", "that is", "an array"], "a module that is text", 42, nil, true, [:],
                ],
            ]
        )
    }

    private static func numbersAsText(_ now: Int) -> JSON {
        station(
            "02", "Numbers as text",
            [
                "wifi_status": "50", "firmware": "204", "reachable": "true", "last_status_store": .text(String(now - 56)),
                "dashboard_data": [
                    "time_utc": .text(String(now - 60)), "Temperature": "21.4", "Humidity": "41", "CO2": "NaN", "Noise": "1e999",
                    "Pressure": "Infinity", "AbsolutePressure": "-inf", "min_temp": "0x1F", "max_temp": "", "temp_trend": 1,
                    "pressure_trend": "sideways",
                ],
                "modules": [
                    module(
                        "02:01", "NAModule2",
                        [
                            "battery_percent": "64", "battery_vp": "5500mV", "rf_status": "70 ", "last_seen": "yesterday",
                            "dashboard_data": [
                                "time_utc": .text(String(now - 60)), "WindStrength": "14", "WindAngle": "225\u{0}", "GustStrength": "nan",
                                "GustAngle": "1,5",
                            ],
                        ]
                    )
                ],
            ]
        )
    }

    private static let nulls: JSON = [
        "_id": "70:ee:50:0b:ad:03", "type": "NAMain", "station_name": nil, "home_name": nil, "home_id": nil, "module_name": nil,
        "wifi_status": nil, "firmware": nil, "reachable": nil, "read_only": nil, "favorite": nil, "co2_calibrating": nil, "place": nil,
        "data_type": nil, "date_setup": nil, "last_setup": nil, "last_status_store": nil, "last_upgrade": nil,
        "dashboard_data": ["time_utc": nil, "Temperature": nil, "CO2": nil, "Humidity": nil, "Noise": nil, "Pressure": nil],
        "modules": [
            [
                "_id": "02:00:00:0b:03:01", "type": "NAModule1", "module_name": nil, "reachable": nil, "firmware": nil, "rf_status": nil,
                "battery_vp": nil, "battery_percent": nil, "last_seen": nil, "last_message": nil, "dashboard_data": nil,
            ]
        ],
    ]

    /// As NetAtmo itself has it: a module out of reach carries sentinels in place of its state.
    private static func unreachable(_ now: Int) -> JSON {
        let lost: JSON = ["reachable": false, "firmware": 255, "rf_status": 255, "battery_vp": 65_535, "battery_percent": 100]
        return station(
            "04", "Unreachable",
            [
                "dashboard_data": indoors(now),
                "modules": [
                    module("04:01", "NAModule1", lost.merging(["last_seen": 0])),
                    module("04:02", "NAModule4", lost.merging(["last_seen": .integer(now - 86_400)])),
                    module("04:03", "NAModule1", lost.merging(["last_seen": nil, "dashboard_data": outdoors(now)])),
                ],
            ]
        )
    }

    /// Sentinels where they are none of NetAtmo's: a module that can be reached and measures.
    private static func sentinelsEverywhere(_ now: Int) -> JSON {
        station(
            "05", "Sentinels",
            [
                "wifi_status": 255, "firmware": 65_535, "last_status_store": 0, "dashboard_data": indoors(now),
                "modules": [
                    module(
                        "05:01", "NAModule1",
                        [
                            "firmware": 255, "rf_status": 255, "battery_vp": 65_535, "battery_percent": 255, "last_seen": 0,
                            "last_message": 65_535, "dashboard_data": outdoors(now),
                        ]
                    )
                ],
            ]
        )
    }

    private static var times: JSON {
        let moments: [JSON] = [
            -1, 0, 255, 65_535, .integer(.max), .integer(.min), 4_102_444_800_000, 1e20, 1e300, -1e300, 1_795_450_685.75, "now", [],
        ]
        return station(
            "06", "Times",
            [
                "last_status_store": .integer(.max), "date_setup": -1, "last_upgrade": .integer(.min), "dashboard_data": ["time_utc": -1],
                "modules": .array(
                    moments.enumerated().map { number, time in
                        module(
                            "06:\(number + 10)", "NAModule1",
                            [
                                "last_seen": time, "last_message": time, "last_setup": time,
                                "dashboard_data": [
                                    "time_utc": time, "Temperature": 4.5, "min_temp": 1, "max_temp": 6, "date_min_temp": time,
                                    "date_max_temp": time,
                                ],
                            ]
                        )
                    }
                ),
            ]
        )
    }

    private static func impossibleValues(_ now: Int) -> JSON {
        let time = JSON.integer(now - 60)
        return station(
            "07", "Impossible values",
            [
                "wifi_status": -1, "firmware": .integer(.min),
                "dashboard_data": [
                    "time_utc": time, "Temperature": -274, "Humidity": 101, "CO2": -1, "Noise": 1e300, "Pressure": 0,
                    "AbsolutePressure": -1013, "min_temp": 50, "max_temp": -50,
                ],
                "modules": [
                    module(
                        "07:01", "NAModule2",
                        [
                            "battery_percent": -5, "battery_vp": 1e9, "rf_status": .integer(.max),
                            "dashboard_data": [
                                "time_utc": time, "WindStrength": -1, "WindAngle": -1, "GustStrength": .integer(.max), "GustAngle": 361,
                            ],
                        ]
                    ),
                    module(
                        "07:02", "NAModule3",
                        ["battery_percent": 1000, "dashboard_data": ["time_utc": time, "Rain": -0.101, "sum_rain_1": 1e-300]]
                    ),
                ],
            ]
        )
    }

    private static let wrongTypes: JSON = [
        "_id": "70:ee:50:0b:ad:08", "type": ["NAMain"], "station_name": ["a": "b"], "home_name": 17, "module_name": false,
        "reachable": "perhaps", "firmware": [], "wifi_status": [:], "place": [], "data_type": 5, "favorite": 2, "dashboard_data": [1, 2],
        "modules": ["0": ["_id": "02:00:00:0b:08:01", "type": "NAModule1"]],
    ]

    private static func readingsAsText(_ now: Int) -> JSON {
        station(
            "09", "Readings as text",
            [
                "dashboard_data": "Temperature: 21.4", "place": "Bergen",
                "modules": [module("09:01", "NAModule1", ["dashboard_data": outdoors(now)])],
            ]
        )
    }

    private static func modulesAsText(_ now: Int) -> JSON {
        station("10", "Modules as text", ["dashboard_data": indoors(now), "modules": "none"])
    }

    /// Two stations of one ID and one name, each with two modules of one ID, all the same as the other's.
    private static func duplicates(_ now: Int) -> [JSON] {
        let module = self.module("11:01", "NAModule1", ["dashboard_data": outdoors(now)])
        let station = self.station("11", "Duplicate", ["dashboard_data": indoors(now), "modules": [module, module]])
        return [station, station]
    }

    private static let noDevices: [JSON] = [nil, 42, "a device that is text", ["a", "device"], [:], ["_id": nil, "type": "NAMain"]]
}
