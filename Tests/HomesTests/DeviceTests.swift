import FoundationEssentials
import Homes
import Testing

@Suite("A device")
struct DeviceTests {
    private func device(id: String = "70:ee", temperature: Double = 20) -> Device {
        Device(id: id, kind: .base, name: "Stue", readings: Readings(time: nil, values: [.temperature: temperature]))
    }

    @Test("is a value: what is marked on a copy is not marked on the one it was copied from")
    func copies() {
        let plain = device()
        var marked = plain
        #expect(marked == plain)
        marked.alerts = [.battery: .under]
        #expect(plain.alerts.isEmpty && marked.alerts == [.battery: .under])
        #expect(marked != plain)
        #expect(marked.id == plain.id && marked.name == "Stue" && marked.readings == plain.readings, "all else stays")
        marked.alerts = [:]
        #expect(marked == plain)
    }

    @Test("is equal to another with the same contents, and to none with others")
    func equality() {
        #expect(device() == device())
        #expect(device() != device(temperature: 20.1))
        #expect(device() != device(id: "70:ef"))
        #expect(Set([device(), device(), device(id: "70:ef")]).count == 2)
    }
}
