import Glibc

/// A colour of red, green and blue, each from 0 to 255, as sRGB.
struct RGB: Sendable, Hashable {
    let red: Int
    let green: Int
    let blue: Int

    init(_ red: Int, _ green: Int, _ blue: Int) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    private static let levels = [0, 95, 135, 175, 215, 255]

    /// One of xterm's 256 colours, from 16 on: the cube of six levels, then the greys.
    init(index: Int) {
        guard index >= 16 else {
            // The first are ANSI's, which are numbers of their own.
            self.init(0, 0, index)
            return
        }
        if index >= 232 {
            let grey = 8 + (index - 232) * 10
            self.init(grey, grey, grey)
        } else {
            self.init(Self.levels[(index - 16) / 36], Self.levels[(index - 16) / 6 % 6], Self.levels[(index - 16) % 6])
        }
    }

    /// What a terminal with direct colours knows it by. The lowest numbers are those of its palette there, as many as 256 by the
    /// description; a trace of green leads past them, and is not to be seen.
    var number: Int {
        let number = red << 16 | green << 8 | blue
        return number < 256 ? number | 1 << 8 : number
    }

    /// A colour between this one and another; `fraction` is the share of the other.
    func mixed(with other: RGB, _ fraction: Double) -> RGB {
        let mix = { (one: Int, two: Int) in one + Int((Double(two - one) * fraction).rounded()) }
        return RGB(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
    }

    /// As WCAG 2 defines it: 0 for black, 1 for white.
    var luminance: Double {
        let linear = [red, green, blue].map { part -> Double in
            let value = Double(part) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// The most similar colour of the cube, among the vivid ones that are as bright as that.
    func nearestIndex(luminance range: ClosedRange<Double>) -> Int {
        Self.vivid.filter { range.contains($0.luminance) }.min { distance(to: $0.colour) < distance(to: $1.colour) }?.index ?? 16
    }

    private static let vivid = (16..<232).map { (index: $0, colour: RGB(index: $0), luminance: RGB(index: $0).luminance) }
        .filter { max($0.colour.red, $0.colour.green, $0.colour.blue) - min($0.colour.red, $0.colour.green, $0.colour.blue) > 100 }

    /// By how much two colours differ to the eye, roughly: green counts most, red more among reddish colours and blue more among
    /// bluish ones.
    private func distance(to other: RGB) -> Double {
        let mean = Double(red + other.red) / 2
        let (r, g, b) = (Double(red - other.red), Double(green - other.green), Double(blue - other.blue))
        return (2 + mean / 256) * r * r + 4 * g * g + (2 + (255 - mean) / 256) * b * b
    }
}
