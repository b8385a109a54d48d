extension Int {
    /// Division that rounds down also for negative numbers, so that times before 1970 fall on the same grid. `divisor` is positive.
    func floorDivided(by divisor: Int) -> Int {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    /// What ``floorDivided(by:)`` leaves: `0..<divisor`.
    func floorRemainder(by divisor: Int) -> Int {
        self - floorDivided(by: divisor) * divisor
    }
}
