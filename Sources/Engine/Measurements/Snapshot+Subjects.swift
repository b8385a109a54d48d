import EngineAPI
import Homes

extension Snapshot {
    /// Whether the account has what a past is asked of; `nil` where that is not known yet.
    func has(_ subject: HistorySubject) -> Bool? {
        if data.stations.contains(where: { $0.has(subject) }) { return true }
        if let energy, energy.roomStations.contains(where: { $0.hasHeating(subject) }) { return true }
        return isKnown(subject.kind) ? false : nil
    }

    /// Whether all that there is of a kind has been told. A boiler is a device that Energy tells of.
    private func isKnown(_ kind: HistorySubject.Kind) -> Bool {
        let hasStations = data.fetchedAt != nil
        guard let energy else { return hasStations }
        let hasRooms = energy.fetchedAt != nil || energy.isRefused
        return hasRooms && (kind == .room || hasStations)
    }
}

extension Station {
    /// Whether the device or module is one of its own.
    fileprivate func has(_ subject: HistorySubject) -> Bool {
        guard subject.kind == .device, base.id == subject.deviceID else { return false }
        return subject.moduleID.map { id in modules.contains { $0.id == id } } ?? true
    }

    /// Whether the room or boiler is one of this home's.
    fileprivate func hasHeating(_ subject: HistorySubject) -> Bool {
        historySubjects.contains { $0.isOfSame(as: subject) }
    }
}
