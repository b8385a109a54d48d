internal import TerminalUI

extension Theme {
    /// What stands for the terminal's own foreground and background, by the numbers of their colours; `nil` where those stay.
    ///
    /// - Parameter colours: How many numbers the terminal takes. From 2^24 on they are red, green and blue, below 8 those of ANSI.
    func ground(colours: Int) -> (foreground: Int, background: Int)? {
        switch self {
        case .auto, .mono: nil
        case .light: colours >= 1 << 24 ? (0, 0xFFFFFF) : colours >= 256 ? (16, 231) : (0, 7)
        case .dark: colours >= 1 << 24 ? (0xD0D0D0, 0) : colours >= 256 ? (252, 16) : (7, 0)
        }
    }
}
