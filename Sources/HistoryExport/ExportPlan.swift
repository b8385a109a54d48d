package import FoundationEssentials
import Homes
import OperatingSystem

/// Where an export is: which request comes next.
package struct ExportPosition: Sendable, Hashable, Codable {
    /// The number of the device in the order.
    package var device = 0
    /// From when on it is asked for; `nil` for its beginning.
    package var next: Date?
    /// How many requests were answered.
    package var requests = 0

    package init() {}
}

/// One request: at most as many times as an answer holds.
package struct ExportPage: Sendable, Hashable {
    package let device: ExportedDevice
    package let start: Date
    /// The last moment that belongs to it.
    package let end: Date
}

extension ExportOrder {
    /// The most times that NetAtmo gives in one answer.
    static let longestPage = 1024

    /// How long a page of a device is, in seconds; its last second belongs to it.
    private func pageLength(of device: ExportedDevice) -> TimeInterval { Double(Self.longestPage) * scale(of: device).step }

    /// The next request, and where it is, with devices left out that there is nothing of any more; `nil` at the end.
    ///
    /// Pages are cut by time and not by what came: an outage is asked for like anything else, so that no answer that NetAtmo cut
    /// otherwise than is known leaves a hole.
    package func page(at position: inout ExportPosition) -> ExportPage? {
        while position.device < devices.count {
            let device = devices[position.device]
            let start = max(position.next ?? .beforeAnyClock, start(of: device))
            if start <= end {
                return ExportPage(device: device, start: start, end: min(start.addingTimeInterval(pageLength(of: device) - 1), end))
            }
            position.device += 1
            position.next = nil
        }
        return nil
    }

    /// Where it is after the answer to a page: behind it, or, where the answer was full, behind its last time.
    func position(after page: ExportPage, _ answer: MeasureHistory, from position: ExportPosition) -> ExportPosition {
        var position = position
        position.requests += 1
        let isFull = answer.count >= Self.longestPage
        let last = isFull ? answer.latest.flatMap { $0 >= page.start && $0 < page.end ? $0 : nil } : nil
        position.next = (last ?? page.end).addingTimeInterval(1)
        return position
    }

    /// Where it is once the rest of a device is left out.
    func position(behindDeviceAt position: ExportPosition) -> ExportPosition {
        var position = position
        (position.device, position.next) = (position.device + 1, nil)
        return position
    }

    /// How many requests are to come, if no answer is full before its end.
    package func requests(from position: ExportPosition = ExportPosition()) -> Int {
        devices.indices.dropFirst(position.device).reduce(0) { count, index in
            let begin = start(of: devices[index])
            let start = index == position.device ? max(position.next ?? begin, begin) : begin
            guard start <= end else { return count }
            // The last moment belongs to it: a second is what a page's end lies before the next one's begin.
            return count + Int(((end.timeIntervalSince(start) + 1) / pageLength(of: devices[index])).rounded(.up))
        }
    }
}

/// How fast NetAtmo may be asked.
package struct ExportPace: Sendable, Hashable {
    /// At most so many requests in an hour.
    package let requestsAnHour: Int
    /// The time between two of them, in seconds.
    package let spacing: TimeInterval

    package init(requestsAnHour: Int, spacing: TimeInterval) {
        self.requestsAnHour = requestsAnHour
        self.spacing = spacing
    }

    /// How long so many requests take, in seconds.
    package func time(of requests: Int) -> TimeInterval {
        guard requests > 0 else { return 0 }
        let hours = requests / requestsAnHour
        return Double(hours) * 3600 + Double(requests - hours * requestsAnHour) * spacing
    }
}
