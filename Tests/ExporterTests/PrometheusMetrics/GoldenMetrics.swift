/// The text of `/metrics` for the sample stations, 30 s after they were fetched, up to the counters of requests. Written from
/// netatmo-exporter's contract and the formulas' sources, not by our encoder.
let goldenMetrics = """
    # HELP netatmo_sensor_absolute_humidity_grams_per_cubic_meter Water vapour in the air, derived from temperature (-40 to 50) and humidity
    # TYPE netatmo_sensor_absolute_humidity_grams_per_cubic_meter gauge
    netatmo_sensor_absolute_humidity_grams_per_cubic_meter{home="Bergen",module="Stue",station="Fjord"} 7.67
    netatmo_sensor_absolute_humidity_grams_per_cubic_meter{home="Bergen",module="Ute",station="Fjord"} 3.32
    netatmo_sensor_absolute_humidity_grams_per_cubic_meter{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 4.57
    netatmo_sensor_absolute_humidity_grams_per_cubic_meter{home="Geilo",module="Soverom",station="Hytte"} 4.13
    # HELP netatmo_sensor_absolute_pressure_mb Atmospheric pressure at the station's altitude in millibar
    # TYPE netatmo_sensor_absolute_pressure_mb gauge
    netatmo_sensor_absolute_pressure_mb{home="Bergen",module="Stue",station="Fjord"} 1011.8
    netatmo_sensor_absolute_pressure_mb{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 918.4
    # HELP netatmo_sensor_battery_level Battery level (0: very low, 1: low, 2: medium, 3: high, 4: full)
    # TYPE netatmo_sensor_battery_level gauge
    netatmo_sensor_battery_level{home="Bergen",module="Ute",station="Fjord"} 3
    netatmo_sensor_battery_level{home="Bergen",module="Regn",station="Fjord"} 1
    netatmo_sensor_battery_level{home="Bergen",module="Vind",station="Fjord"} 4
    netatmo_sensor_battery_level{home="Geilo",module="Soverom",station="Hytte"} 4
    # HELP netatmo_sensor_battery_millivolts Battery voltage in millivolts
    # TYPE netatmo_sensor_battery_millivolts gauge
    netatmo_sensor_battery_millivolts{home="Bergen",module="Ute",station="Fjord"} 5300
    netatmo_sensor_battery_millivolts{home="Bergen",module="Regn",station="Fjord"} 4100
    netatmo_sensor_battery_millivolts{home="Bergen",module="Vind",station="Fjord"} 5600
    netatmo_sensor_battery_millivolts{home="Geilo",module="Soverom",station="Hytte"} 5700
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
    # HELP netatmo_sensor_dew_point_celsius Dew point in celsius, derived from temperature (-40 to 50) and humidity
    # TYPE netatmo_sensor_dew_point_celsius gauge
    netatmo_sensor_dew_point_celsius{home="Bergen",module="Stue",station="Fjord"} 7.6
    netatmo_sensor_dew_point_celsius{home="Bergen",module="Ute",station="Fjord"} -5.3
    netatmo_sensor_dew_point_celsius{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} -0.4
    netatmo_sensor_dew_point_celsius{home="Geilo",module="Soverom",station="Hytte"} -1.88
    # HELP netatmo_sensor_felt_temperature_celsius How warm it feels outside in celsius: wind chill up to 10 by the home's wind, humidex from 20 or heat index from 26.7
    # TYPE netatmo_sensor_felt_temperature_celsius gauge
    netatmo_sensor_felt_temperature_celsius{home="Bergen",module="Ute",station="Fjord"} -8.64
    # HELP netatmo_sensor_gust_direction_degrees Direction of the strongest gust in degrees
    # TYPE netatmo_sensor_gust_direction_degrees gauge
    netatmo_sensor_gust_direction_degrees{home="Bergen",module="Vind",station="Fjord"} 231
    # HELP netatmo_sensor_gust_strength_kph Strength of the strongest gust in kilometers per hour
    # TYPE netatmo_sensor_gust_strength_kph gauge
    netatmo_sensor_gust_strength_kph{home="Bergen",module="Vind",station="Fjord"} 31
    # HELP netatmo_sensor_heat_index_celsius Heat index of the US National Weather Service in celsius, from temperature (20 to 50) and humidity
    # TYPE netatmo_sensor_heat_index_celsius gauge
    netatmo_sensor_heat_index_celsius{home="Bergen",module="Stue",station="Fjord"} 21.03
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
    # HELP netatmo_sensor_pressure_trend Where the pressure is heading (-1: down, 0: stable, 1: up)
    # TYPE netatmo_sensor_pressure_trend gauge
    netatmo_sensor_pressure_trend{home="Bergen",module="Stue",station="Fjord"} -1
    netatmo_sensor_pressure_trend{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 0
    # HELP netatmo_sensor_rain_1h_mm Rain in the last hour in millimeters
    # TYPE netatmo_sensor_rain_1h_mm gauge
    netatmo_sensor_rain_1h_mm{home="Bergen",module="Regn",station="Fjord"} 0.4
    # HELP netatmo_sensor_rain_amount_mm Rain amount in millimeters
    # TYPE netatmo_sensor_rain_amount_mm gauge
    netatmo_sensor_rain_amount_mm{home="Bergen",module="Regn",station="Fjord"} 0.101
    # HELP netatmo_sensor_rain_today_mm Rain since local midnight in millimeters; not the last 24 hours
    # TYPE netatmo_sensor_rain_today_mm gauge
    netatmo_sensor_rain_today_mm{home="Bergen",module="Regn",station="Fjord"} 7.7
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
    # HELP netatmo_sensor_temperature_max_celsius Highest temperature since local midnight in celsius
    # TYPE netatmo_sensor_temperature_max_celsius gauge
    netatmo_sensor_temperature_max_celsius{home="Bergen",module="Stue",station="Fjord"} 22.1
    netatmo_sensor_temperature_max_celsius{home="Bergen",module="Ute",station="Fjord"} -1.4
    # HELP netatmo_sensor_temperature_min_celsius Lowest temperature since local midnight in celsius
    # TYPE netatmo_sensor_temperature_min_celsius gauge
    netatmo_sensor_temperature_min_celsius{home="Bergen",module="Stue",station="Fjord"} 18.9
    netatmo_sensor_temperature_min_celsius{home="Bergen",module="Ute",station="Fjord"} -5.2
    # HELP netatmo_sensor_temperature_trend Where the temperature is heading (-1: down, 0: stable, 1: up)
    # TYPE netatmo_sensor_temperature_trend gauge
    netatmo_sensor_temperature_trend{home="Bergen",module="Stue",station="Fjord"} 1
    netatmo_sensor_temperature_trend{home="Bergen",module="Ute",station="Fjord"} -1
    netatmo_sensor_temperature_trend{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 0
    netatmo_sensor_temperature_trend{home="Geilo",module="Soverom",station="Hytte"} 0
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
    # HELP netatmo_sensor_wind_direction_max_degrees Direction of the day's strongest wind in degrees
    # TYPE netatmo_sensor_wind_direction_max_degrees gauge
    netatmo_sensor_wind_direction_max_degrees{home="Bergen",module="Vind",station="Fjord"} 240
    # HELP netatmo_sensor_wind_strength_kph Wind strength in kilometers per hour
    # TYPE netatmo_sensor_wind_strength_kph gauge
    netatmo_sensor_wind_strength_kph{home="Bergen",module="Vind",station="Fjord"} 14
    # HELP netatmo_sensor_wind_strength_max_kph The day's strongest wind in kilometers per hour
    # TYPE netatmo_sensor_wind_strength_max_kph gauge
    netatmo_sensor_wind_strength_max_kph{home="Bergen",module="Vind",station="Fjord"} 42
    # HELP netatmo_sensor_last_seen_time Timestamp of when the device was last heard of
    # TYPE netatmo_sensor_last_seen_time gauge
    netatmo_sensor_last_seen_time{home="Bergen",module="Stue",station="Fjord"} 1795454255
    netatmo_sensor_last_seen_time{home="Bergen",module="Ute",station="Fjord"} 1795454225
    netatmo_sensor_last_seen_time{home="Bergen",module="Regn",station="Fjord"} 1795454224
    netatmo_sensor_last_seen_time{home="Bergen",module="Vind",station="Fjord"} 1795454223
    netatmo_sensor_last_seen_time{home="Bergen",module="Loft",station="Fjord"} 1795442520
    netatmo_sensor_last_seen_time{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 1795454180
    netatmo_sensor_last_seen_time{home="Geilo",module="Soverom",station="Hytte"} 1795454170
    # HELP netatmo_sensor_reachable Set to 1 if the device is heard, 0 otherwise.
    # TYPE netatmo_sensor_reachable gauge
    netatmo_sensor_reachable{home="Bergen",module="Stue",station="Fjord"} 1
    netatmo_sensor_reachable{home="Bergen",module="Ute",station="Fjord"} 1
    netatmo_sensor_reachable{home="Bergen",module="Regn",station="Fjord"} 1
    netatmo_sensor_reachable{home="Bergen",module="Vind",station="Fjord"} 1
    netatmo_sensor_reachable{home="Bergen",module="Loft",station="Fjord"} 0
    netatmo_sensor_reachable{home="Geilo",module="id-70:ee:50:00:00:20",station="Hytte"} 1
    netatmo_sensor_reachable{home="Geilo",module="Soverom",station="Hytte"} 1
    # HELP netatmo_sensor_info What the device is; always 1.
    # TYPE netatmo_sensor_info gauge
    netatmo_sensor_info{firmware="204",home="Bergen",id="70:ee:50:00:00:10",module="Stue",station="Fjord",type="NAMain"} 1
    netatmo_sensor_info{firmware="50",home="Bergen",id="02:00:00:00:00:11",module="Ute",station="Fjord",type="NAModule1"} 1
    netatmo_sensor_info{firmware="14",home="Bergen",id="05:00:00:00:00:12",module="Regn",station="Fjord",type="NAModule3"} 1
    netatmo_sensor_info{firmware="27",home="Bergen",id="06:00:00:00:00:13",module="Vind",station="Fjord",type="NAModule2"} 1
    netatmo_sensor_info{firmware="50",home="Bergen",id="03:00:00:00:00:14",module="Loft",station="Fjord",type="NAModule4"} 1
    netatmo_sensor_info{firmware="204",home="Geilo",id="70:ee:50:00:00:20",module="id-70:ee:50:00:00:20",station="Hytte",type="NAMain"} 1
    netatmo_sensor_info{firmware="53",home="Geilo",id="03:00:00:00:00:21",module="Soverom",station="Hytte",type="NAModule4"} 1
    # HELP netatmo_sensor_rain_mm_total Rain in millimeters since the gauge is counted, each measured step once
    # TYPE netatmo_sensor_rain_mm_total counter
    netatmo_sensor_rain_mm_total{home="Bergen",module="Regn",station="Fjord"} 12.303
    # HELP netatmo_cache_updated_time Contains the time of the cached data.
    # TYPE netatmo_cache_updated_time gauge
    netatmo_cache_updated_time 1795454285
    # HELP netatmo_exporter_next_refresh_time Contains the time of the next refresh try. 0 if it waits for a token.
    # TYPE netatmo_exporter_next_refresh_time gauge
    netatmo_exporter_next_refresh_time 1795454765
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
    # HELP netatmo_exporter_token_state Set to 1 for the state that the token is in, 0 for the others.
    # TYPE netatmo_exporter_token_state gauge
    netatmo_exporter_token_state{state="missing"} 0
    netatmo_exporter_token_state{state="valid"} 1
    netatmo_exporter_token_state{state="expiring"} 0
    netatmo_exporter_token_state{state="renewing"} 0
    netatmo_exporter_token_state{state="expired"} 0
    netatmo_exporter_token_state{state="rejected"} 0
    # HELP netatmo_exporter_token_expiry_time Set to the unix timestamp when the token will expire. 0 if no expiry is set.
    # TYPE netatmo_exporter_token_expiry_time gauge
    netatmo_exporter_token_expiry_time 1795463872
    # HELP netatmo_exporter_token_saved Zero if the token could not be written to its file, or a new one could not be, 1 otherwise.
    # TYPE netatmo_exporter_token_saved gauge
    netatmo_exporter_token_saved 1
    # HELP netatmo_exporter_token_valid Set to 1 if there is a valid token, 0 otherwise.
    # TYPE netatmo_exporter_token_valid gauge
    netatmo_exporter_token_valid 1

    """
