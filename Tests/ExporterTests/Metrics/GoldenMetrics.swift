/// The text of `/metrics` for the sample stations, 30 s after they were fetched, without the process's own series.
/// Written from netatmo-exporter's contract, not by our encoder.
let goldenMetrics = """
    # HELP netatmo_cache_updated_time Contains the time of the cached data.
    # TYPE netatmo_cache_updated_time gauge
    netatmo_cache_updated_time 1795454285
    # HELP netatmo_last_refresh_duration_seconds Contains the time it took for the last refresh to complete, even if it was unsuccessful.
    # TYPE netatmo_last_refresh_duration_seconds gauge
    netatmo_last_refresh_duration_seconds 0.053
    # HELP netatmo_last_refresh_time Contains the time of the last refresh try, successful or not.
    # TYPE netatmo_last_refresh_time gauge
    netatmo_last_refresh_time 1795454285
    # HELP netatmo_refresh_interval_seconds Contains the configured refresh interval in seconds. \
    This is provided as a convenience for calculations with the cache update time.
    # TYPE netatmo_refresh_interval_seconds gauge
    netatmo_refresh_interval_seconds 480
    # HELP netatmo_up Zero if there was an error during the last refresh try.
    # TYPE netatmo_up gauge
    netatmo_up 1
    # HELP netatmo_sensor_battery_percent Battery remaining life (10: low)
    # TYPE netatmo_sensor_battery_percent gauge
    netatmo_sensor_battery_percent{home="Bergen",module="Ute",station="Fjord"} 64
    netatmo_sensor_battery_percent{home="Bergen",module="Regn",station="Fjord"} 12
    netatmo_sensor_battery_percent{home="Bergen",module="Vind",station="Fjord"} 80
    netatmo_sensor_battery_percent{home="Geilo",module="Soverom",station="Hytte"} 91
    # HELP netatmo_sensor_co2_ppm Carbondioxide measurement in parts per million
    # TYPE netatmo_sensor_co2_ppm gauge
    netatmo_sensor_co2_ppm{home="Bergen",module="Stue",station="Fjord"} 913
    netatmo_sensor_co2_ppm{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 420
    netatmo_sensor_co2_ppm{home="Geilo",module="Soverom",station="Hytte"} 455
    # HELP netatmo_sensor_humidity_percent Relative humidity measurement in percent
    # TYPE netatmo_sensor_humidity_percent gauge
    netatmo_sensor_humidity_percent{home="Bergen",module="Stue",station="Fjord"} 41
    netatmo_sensor_humidity_percent{home="Bergen",module="Ute",station="Fjord"} 88
    netatmo_sensor_humidity_percent{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 55
    netatmo_sensor_humidity_percent{home="Geilo",module="Soverom",station="Hytte"} 57
    # HELP netatmo_sensor_noise_db Noise measurement in decibels
    # TYPE netatmo_sensor_noise_db gauge
    netatmo_sensor_noise_db{home="Bergen",module="Stue",station="Fjord"} 37
    netatmo_sensor_noise_db{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 33
    # HELP netatmo_sensor_pressure_mb Atmospheric pressure measurement in millibar
    # TYPE netatmo_sensor_pressure_mb gauge
    netatmo_sensor_pressure_mb{home="Bergen",module="Stue",station="Fjord"} 1013.2
    netatmo_sensor_pressure_mb{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 1009.9
    # HELP netatmo_sensor_rain_amount_mm Rain amount in millimeters
    # TYPE netatmo_sensor_rain_amount_mm gauge
    netatmo_sensor_rain_amount_mm{home="Bergen",module="Regn",station="Fjord"} 0.101
    # HELP netatmo_sensor_rf_signal_strength RF signal strength (90: lowest, 60: highest)
    # TYPE netatmo_sensor_rf_signal_strength gauge
    netatmo_sensor_rf_signal_strength{home="Bergen",module="Ute",station="Fjord"} 67
    netatmo_sensor_rf_signal_strength{home="Bergen",module="Regn",station="Fjord"} 78
    netatmo_sensor_rf_signal_strength{home="Bergen",module="Vind",station="Fjord"} 70
    netatmo_sensor_rf_signal_strength{home="Geilo",module="Soverom",station="Hytte"} 66
    # HELP netatmo_sensor_temperature_celsius Temperature measurement in celsius
    # TYPE netatmo_sensor_temperature_celsius gauge
    netatmo_sensor_temperature_celsius{home="Bergen",module="Stue",station="Fjord"} 21.4
    netatmo_sensor_temperature_celsius{home="Bergen",module="Ute",station="Fjord"} -3.6
    netatmo_sensor_temperature_celsius{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 8.1
    netatmo_sensor_temperature_celsius{home="Geilo",module="Soverom",station="Hytte"} 6
    # HELP netatmo_sensor_updated Timestamp of last update
    # TYPE netatmo_sensor_updated gauge
    netatmo_sensor_updated{home="Bergen",module="Stue",station="Fjord"} 1795454255
    netatmo_sensor_updated{home="Bergen",module="Ute",station="Fjord"} 1795454225
    netatmo_sensor_updated{home="Bergen",module="Regn",station="Fjord"} 1795454224
    netatmo_sensor_updated{home="Bergen",module="Vind",station="Fjord"} 1795454223
    netatmo_sensor_updated{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 1795454180
    netatmo_sensor_updated{home="Geilo",module="Soverom",station="Hytte"} 1795454170
    # HELP netatmo_sensor_wifi_signal_strength Wifi signal strength (86: bad, 71: avg, 56: good)
    # TYPE netatmo_sensor_wifi_signal_strength gauge
    netatmo_sensor_wifi_signal_strength{home="Bergen",module="Stue",station="Fjord"} 48
    netatmo_sensor_wifi_signal_strength{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 71
    # HELP netatmo_sensor_wind_direction_degrees Wind direction in degrees
    # TYPE netatmo_sensor_wind_direction_degrees gauge
    netatmo_sensor_wind_direction_degrees{home="Bergen",module="Vind",station="Fjord"} 225
    # HELP netatmo_sensor_wind_strength_kph Wind strength in kilometers per hour
    # TYPE netatmo_sensor_wind_strength_kph gauge
    netatmo_sensor_wind_strength_kph{home="Bergen",module="Vind",station="Fjord"} 14
    # HELP netatmo_exporter_token_expiry_time Set to the unix timestamp when the token will expire. 0 if no expiry is set.
    # TYPE netatmo_exporter_token_expiry_time gauge
    netatmo_exporter_token_expiry_time 1795463872
    # HELP netatmo_exporter_token_valid Set to 1 if there is a valid token, 0 otherwise.
    # TYPE netatmo_exporter_token_valid gauge
    netatmo_exporter_token_valid 1

    """
