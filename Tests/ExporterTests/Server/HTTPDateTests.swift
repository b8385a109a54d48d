import Foundation
import OperatingSystem
import Testing

@Suite("The header Date")
struct HTTPDateTests {
    @Test(
        "It is in the form of RFC 9110",
        arguments: [
            (0.0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_795_454_285, "Mon, 23 Nov 2026 17:18:05 GMT"),
            (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (-86_400, "Wed, 31 Dec 1969 00:00:00 GMT"), (-86_401, "Tue, 30 Dec 1969 23:59:59 GMT"),
            (-2_147_483_649, "Fri, 13 Dec 1901 20:45:51 GMT"), (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"),
            (-62_135_596_801, "Mon, 01 Jan 0001 00:00:00 GMT"), (4_294_967_296, "Sun, 07 Feb 2106 06:28:16 GMT"),
            (64_092_211_200, "Mon, 01 Jan 4001 00:00:00 GMT"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
            (253_402_300_800, "Fri, 31 Dec 9999 23:59:59 GMT"), (1e300, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ]
    )
    func text(second: Double, text: String) {
        #expect(LocalTime.httpDate(Date(timeIntervalSince1970: second)) == text)
    }
}
