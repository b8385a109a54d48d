import FoundationEssentials
import Testing

@testable import Screen
@testable import TerminalUI

@Suite("The frame when only time went on")
struct RestingFrameTests {
    @Test("is the frame that would be drawn anew, but for ages that are up to five seconds behind", arguments: [40, 80, 120, 200])
    func seconds(columns: Int) {
        var state = Scenes.main(columns: columns, rows: columns == 40 ? 12 : 36)
        var frame: Frame?
        for second in 0..<120 {
            state.tick(now: Scenes.now.addingTimeInterval(Double(second)))
            frame = state.frame(after: frame)
            guard second % 5 == 0 else { continue }
            #expect(frame?.lines == state.frame.lines, "\(second)")
        }
    }

    @Test("counts down each second, tells an expired token, and takes a message away")
    func countdown() {
        var state = Scenes.main(columns: 120, rows: 36)
        let before = state.frame
        state.say("a message", .accent)
        state.tick(now: Scenes.now.addingTimeInterval(1))
        let message = state.frame(after: before)
        #expect(message.lines.joined().contains("expires in 2:41:06"))
        #expect(message.lines.last?.contains("a message") == true)
        state.tick(now: Scenes.now.addingTimeInterval(9_999))
        let expired = state.frame(after: message)
        #expect(expired.lines.joined().contains("EXPIRED"))
        #expect(expired.lines.last?.contains("Sign in") == true)
    }

    @Test("is drawn anew over another size, an overlay and the help")
    func others() {
        var state = Scenes.main(columns: 120, rows: 36)
        let before = state.frame
        state.tick(now: Scenes.now.addingTimeInterval(1))
        _ = state.handle(.resize(Size(columns: 80, rows: 24)))
        #expect(state.frame(after: before).lines == state.frame.lines)
        let small = state.frame
        _ = state.handle(.key(.character("?")))
        #expect(state.frame(after: small).lines == state.frame.lines)
    }
}
