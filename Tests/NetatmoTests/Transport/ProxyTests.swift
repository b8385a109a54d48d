import AsyncHTTPClient
import Testing

@testable import Netatmo
@testable import OperatingSystem

@Suite("The proxy")
struct ProxyTests {
    @Test(
        "is read in the forms of HTTPS_PROXY",
        arguments: [
            ("http://proxy:3128", "proxy:3128"), ("http://proxy:3128/", "proxy:3128"), ("proxy:3128", "proxy:3128"), ("proxy", "proxy:80"),
            ("http://proxy", "proxy:80"), ("HTTP://192.0.2.1:8080", "192.0.2.1:8080"), ("http://[2001:db8::1]:8080", "[2001:db8::1]:8080"),
            ("http://me:hush@proxy:3128", "proxy:3128"), ("me:hush@proxy:3128", "proxy:3128"), ("http://me@proxy:3128", "proxy:3128"),
        ]
    )
    func forms(text: String, expected: String) {
        #expect(HTTPProxy(text)?.description == expected)
    }

    @Test(
        "is none in another form",
        arguments: [
            "", "https://proxy:3128", "socks5://proxy:1080", "http://", "http://:3128", "http://proxy:99999", "http://proxy:0",
            "http://proxy:3128/path", "http://proxy:3128?x=y", "http://pro xy:3128", "http://me:hu@sh@proxy:port", "//proxy",
        ]
    )
    func refused(text: String) {
        #expect(HTTPProxy(text) == nil)
    }

    @Test("never shows who uses it")
    func secret() throws {
        let proxy = try #require(HTTPProxy("http://somebody:hush@proxy:3128"))
        var dumped = ""
        dump(proxy, to: &dumped)
        dump(OutboundNetwork(proxy: proxy), to: &dumped)
        for text in ["\(proxy)", String(reflecting: proxy), "\(OutboundNetwork(proxy: proxy))", dumped] {
            #expect(!text.contains("hush") && !text.contains("somebody"), "\(text)")
        }
        #expect(proxy.configuration.authorization?.headerValue == "Basic c29tZWJvZHk6aHVzaA==")
        #expect(HTTPProxy("proxy")?.configuration.authorization == nil)
    }

    @Test(
        "is not used for hosts of NO_PROXY, in all of its forms",
        arguments: [
            ("*", "api.netatmo.com", 443, true), ("", "api.netatmo.com", 443, false), ("api.netatmo.com", "api.netatmo.com", 443, true),
            ("API.Netatmo.com", "api.NETATMO.com", 443, true), ("netatmo.com", "api.netatmo.com", 443, true),
            ("netatmo.com", "netatmo.com", 443, true), ("tatmo.com", "netatmo.com", 443, false),
            (".netatmo.com", "api.netatmo.com", 443, true), (".netatmo.com", "netatmo.com", 443, false),
            ("*.netatmo.com", "api.netatmo.com", 443, true), ("*.netatmo.com", "netatmo.com", 443, false),
            ("netatmo.com:443", "api.netatmo.com", 443, true), ("netatmo.com:80", "api.netatmo.com", 443, false),
            ("other.org, netatmo.com", "api.netatmo.com", 443, true), ("other.org netatmo.com", "api.netatmo.com", 443, true),
            ("192.0.2.1", "192.0.2.1", 443, true), ("192.0.2.1", "192.0.2.2", 443, false), ("192.0.2.1:80", "192.0.2.1", 443, false),
            ("192.0.2.1:443", "192.0.2.1", 443, true), ("192.0.2.0/24", "192.0.2.77", 443, true),
            ("192.0.2.0/25", "192.0.2.128", 443, false),
            ("192.0.2.0/25", "192.0.2.127", 443, true), ("0.0.0.0/0", "203.0.113.9", 443, true), ("192.0.2.7/32", "192.0.2.7", 443, true),
            ("192.0.2.0/33", "192.0.2.1", 443, false), ("192.0.2.0/24", "2001:db8::1", 443, false),
            ("2001:db8::/32", "[2001:db8:7::1]", 443, true), ("2001:db8::/32", "2001:db9::1", 443, false),
            ("2001:db8::1", "[2001:db8::1]", 443, true),
            ("[2001:db8::1]:443", "2001:db8::1", 443, true), ("[2001:db8::1]:80", "2001:db8::1", 443, false),
            ("2.1", "192.0.2.1", 443, false), (",,", "netatmo.com", 443, false), (".", "netatmo.com", 443, false),
        ]
    )
    func exceptions(list: String, host: String, port: Int, isCovered: Bool) {
        #expect(ProxyExceptions(list).cover(host: host, port: port) == isCovered)
    }

    @Test(
        "is never used for this machine",
        arguments: ["localhost", "LOCALHOST", "a.localhost", "localhost.", "127.0.0.1", "127.9.9.9", "[::1]", "::1", "::ffff:127.0.0.1"])
    func thisMachine(host: String) {
        #expect(ProxyExceptions("").cover(host: host, port: 80))
        #expect(LoopbackHost.matches(host))
    }

    @Test(
        "is used for whoever only looks like this machine",
        arguments: ["127.0.0.1.example.org", "localhost.example.org", "notlocalhost", "128.0.0.1", "0.0.0.0", "::", "", "127.1"])
    func otherMachine(host: String) {
        #expect(!LoopbackHost.matches(host))
    }
}
