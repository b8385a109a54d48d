/// Names that are there once in each place.
struct UniqueNames {
    private var taken: Set<[String]> = []
    /// How often a name came with the same id, so that no number is tried twice.
    private var repetitions: [[String]: Int] = [:]

    mutating func take(_ name: String, id: String, in place: [String]) -> String {
        if taken.insert(place + [name]).inserted { return name }
        let key = place + [name, id]
        while true {
            let number = repetitions[key, default: 0] + 1
            repetitions[key] = number
            let candidate = number == 1 ? "\(name) (\(id))" : "\(name) (\(id), \(number))"
            if taken.insert(place + [candidate]).inserted { return candidate }
        }
    }
}
