extension SampleStations {
    /// The answer of `getstationsdata` that holds the sample stations.
    package static let json = """
        {
          "body": {
            "devices": [
              {
                "_id": "70:ee:50:00:00:10", "type": "NAMain", "station_name": "Fjord", "home_id": "home-1", "home_name": "Bergen",
                "module_name": "Stue", "wifi_status": 48, "firmware": 204, "reachable": true, "last_status_store": 1795454255,
                "place": {"timezone": "Europe/Oslo", "country": "NO", "city": "Bergen", "altitude": 12, "location": [5.32, 60.39]},
                "dashboard_data": {
                  "time_utc": 1795454255, "Temperature": 21.4, "CO2": 913, "Humidity": 41, "Noise": 37, "Pressure": 1013.2,
                  "AbsolutePressure": 1011.8, "min_temp": 18.9, "max_temp": 22.1, "date_min_temp": 1795410000,
                  "date_max_temp": 1795446000, "temp_trend": "up", "pressure_trend": "down"
                },
                "modules": [
                  {
                    "_id": "02:00:00:00:00:11", "type": "NAModule1", "module_name": "Ute", "reachable": true, "last_seen": 1795454225,
                    "firmware": 50, "rf_status": 67, "battery_vp": 5300, "battery_percent": 64,
                    "dashboard_data": {
                      "time_utc": 1795454225, "Temperature": -3.6, "Humidity": 88, "min_temp": -5.2, "max_temp": -1.4,
                      "date_min_temp": 1795408000, "date_max_temp": 1795440000, "temp_trend": "down"
                    }
                  },
                  {
                    "_id": "05:00:00:00:00:12", "type": "NAModule3", "module_name": "Regn", "reachable": true, "last_seen": 1795454224,
                    "firmware": 14, "rf_status": 78, "battery_vp": 4100, "battery_percent": 12,
                    "dashboard_data": {"time_utc": 1795454224, "Rain": 0.101, "sum_rain_1": 0.4, "sum_rain_24": 7.7}
                  },
                  {
                    "_id": "06:00:00:00:00:13", "type": "NAModule2", "module_name": "Vind", "reachable": true, "last_seen": 1795454223,
                    "firmware": 27, "rf_status": 70, "battery_vp": 5600, "battery_percent": 80,
                    "dashboard_data": {
                      "time_utc": 1795454223, "WindStrength": 14, "WindAngle": 225, "GustStrength": 31, "GustAngle": 231,
                      "max_wind_str": 42, "max_wind_angle": 240, "date_max_wind_str": 1795430000
                    }
                  },
                  {
                    "_id": "03:00:00:00:00:14", "type": "NAModule4", "module_name": "Loft", "reachable": false, "last_seen": 1795442520,
                    "firmware": 50, "rf_status": 255, "battery_vp": 4400, "battery_percent": 3
                  }
                ]
              },
              {
                "_id": "70:ee:50:00:00:20", "type": "NAMain", "station_name": "Hytte", "home_id": "home-2", "home_name": "Geilo",
                "wifi_status": 71, "firmware": 204, "reachable": true, "last_status_store": 1795454180,
                "place": {"timezone": "Europe/Oslo", "country": "NO", "city": "Geilo", "altitude": 794},
                "dashboard_data": {
                  "time_utc": 1795454180, "Temperature": 8.1, "CO2": 420, "Humidity": 55, "Noise": 33, "Pressure": 1009.9,
                  "AbsolutePressure": 918.4, "temp_trend": "stable", "pressure_trend": "stable"
                },
                "modules": [
                  {
                    "_id": "03:00:00:00:00:21", "type": "NAModule4", "module_name": "Soverom", "reachable": true, "last_seen": 1795454170,
                    "firmware": 53, "rf_status": 66, "battery_vp": 5700, "battery_percent": 91,
                    "dashboard_data": {"time_utc": 1795454170, "Temperature": 6, "CO2": 455, "Humidity": 57, "temp_trend": "stable"}
                  }
                ]
              }
            ],
            "user": {"mail": "someone@example.org"}
          },
          "status": "ok", "time_exec": 0.04, "time_server": 1795454285
        }
        """
}
