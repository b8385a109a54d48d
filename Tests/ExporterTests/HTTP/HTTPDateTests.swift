import Testing

@testable import Exporter

@Suite("The header Date")
struct HTTPDateTests {
    @Test(
        "It is in the form of RFC 9110",
        arguments: [
            (0.0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_795_454_285, "Mon, 23 Nov 2026 17:18:05 GMT"),
            (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
        ]
    )
    func text(second: Double, text: String) {
        #expect(HTTPDate.text(second: second) == text)
    }
}
