import EngineAPI
import FoundationEssentials
import Homes
import OperatingSystem

/// The rooms of the home page: a section for each home with a card for each room and boiler.
struct RoomCards: Sendable {
    let energy: EnergyReadings
    let freshness: Freshness
    let units: Units
    let now: Date
    let time: LocalTime
    let links: PageLinks

    /// As many as a page can show; the charts of the others are on their pages.
    private static let mostCards = 300

    var html: HTML {
        var room = Self.mostCards
        let sections = energy.roomStations.map { station -> HTML in
            let shown = station.devices.prefix(max(0, room))
            room -= shown.count
            return shown.isEmpty ? "" : section(of: station, shown.map(card))
        }
        let count = energy.roomStations.reduce(0) { $0 + $1.devices.count }
        let rest: HTML? = count > Self.mostCards ? "<p class=\"quiet\">and \(count - Self.mostCards) more</p>" : nil
        return "\(problem)\(sections)\(rest)"
    }

    private func section(of station: Station, _ cards: [HTML]) -> HTML {
        let home = station.homeName ?? ""
        // By that the script puts it behind the stations of its home.
        return """
            <section class="station rooms" data-home="\(station.homeID ?? home)"><header><h3><bdi>\(home)</bdi></h3>\
            <span class="quiet">Rooms</span></header><div class="modules">\(cards)</div></section>

            """
    }

    private func card(of device: Device) -> HTML {
        let parts = RoomParts(device: device, freshness: freshness, units: units, now: now, time: time)
        let value = parts.temperature.map { "<p class=\"main-value\"><span>\($0)</span></p>" as HTML }
        let empty: HTML? = device.readings == nil ? "<p class=\"quiet\">no readings</p>" : nil
        let facts = parts.facts.map { "\($0) " as HTML }
        return """
            <article class="module\(parts.isAged ? " aged" : "")"><header><h4><a href="\(links.module(device.id))">\
            <bdi>\(device.title)</bdi></a></h4><span class="quiet">\(device.kind.word)</span></header>\
            \(value)\(empty)\(parts.power)\(parts.state)<footer>\(facts)</footer></article>

            """
    }

    /// What keeps the rooms from being told, in a line.
    private var problem: HTML? {
        if energy.isRefused {
            return "<p class=\"problem warning\">The token does not allow NetAtmo Energy: sign in again to see the rooms.</p>"
        }
        guard let error = energy.lastAttempt?.error else { return nil }
        let next = energy.nextFetch.map { "; next try at \(time.clock($0, now: now))" } ?? ""
        return "<p class=\"problem bad\">Asking for the rooms failed: \(error.description)\(next)</p>"
    }
}
