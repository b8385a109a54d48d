import FoundationEssentials
import TestSupport
import Testing

@testable import EngineAPI
@testable import HistoryExport
@testable import Homes

@Suite("Readings in the line protocol of InfluxDB")
struct InfluxReadingsTests {
    @Test("Rooms and boilers have lines too, under their home, with what is open and on as 1")
    func rooms() {
        let time = "1795454225000000000"
        #expect(
            InfluxReadings.text(of: Snapshot(energy: SampleEnergy.readings()).shownStations) == """
                netatmo,home=Bergen,id=101,room=Stue temperature=20.4,humidity=41.5,setpoint=21,heatingPower=64,\
                windowOpen=0,batteryMillivolts=4100,radioSignal=62 \(time)
                netatmo,home=Bergen,id=102,room=Soverom temperature=17.25,setpoint=16,heatingPower=0,windowOpen=1 \(time)
                netatmo,home=Bergen,id=04:01,module=Boiler boilerOn=1 \(time)
                netatmo,home=Bergen,id=04:05,module=Boiler\\ (04:05) boilerOn=0 \(time)

                """)
    }
}
