import TerminalUI
import Testing

@Suite("Compass")
struct CompassTests {
    @Test("a south-west wind blows to the north-east")
    func braille() {
        #expect(
            drawing(Compass(degrees: 225, symbols: .unicode), 13, 7) == """
                  ⣀⠔⠒⠉N⠉⠒⠢⣀
                ⢀⡞⠁     ⢀⡀⠈⢳⡀
                ⡼     ⠐⢪⢫⠃  ⢧
                W    ⢀⠔⠁⠈   E
                ⢳   ⡠⠃      ⡞
                ⠈⢧⡀⠈      ⢀⡼⠁
                  ⠉⠢⠤⣀S⣀⠤⠔⠉
                """
        )
    }

    @Test("a west wind blows to the east, in ASCII too")
    func ascii() {
        #expect(
            drawing(Compass(degrees: 270, symbols: .ascii), 13, 7) == """
                   .''N''.
                 .'       '.
                :       .   :
                W .......:. E
                :       ''  :
                 '.       .'
                   '..S..'
                """
        )
    }

    @Test(
        "whatever the direction and the room are, nothing is drawn outside",
        arguments: [nil, 0, -90, 359.9, 720, 1e300, .nan, .infinity] as [Double?])
    func anything(degrees: Double?) {
        for (columns, rows) in [(0, 0), (3, 1), (5, 3), (40, 4), (4, 40), (41, 21)] {
            _ = frame(of: Compass(degrees: degrees, symbols: .unicode), columns, rows)
        }
    }
}
