import Testing

@testable import Engine
@testable import EngineAPI

@Suite("Addresses to listen on")
struct ListenAddressTests {
    @Test(
        "They are in Go's form",
        arguments: [
            (":9210", nil, 9210), ("127.0.0.1:0", "127.0.0.1", 0), ("[::1]:9210", "::1", 9210), ("localhost:65535", "localhost", 65_535),
            ("[::]:80", "::", 80), ("0.0.0.0:80", "0.0.0.0", 80), ("weather.example.org:80", "weather.example.org", 80),
        ] as [(String, String?, Int)]
    )
    func read(text: String, host: String?, port: Int) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.description == text)
    }

    @Test(
        "Anything else is none",
        arguments: [
            "", "9210", "localhost", ":65536", ":-1", ":+80", ":", "::1:9210", "[::1]", "[::1:80", "[host]:80", "a b:80", "a/b:80", ": 80",
        ]
    )
    func unreadable(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(
        "This machine's browser reaches one for every address by the loopback one",
        arguments: [
            (":9210", "http://127.0.0.1:80"), ("0.0.0.0:1", "http://127.0.0.1:80"), ("[::]:1", "http://127.0.0.1:80"),
            ("[::1]:1", "http://[::1]:80"), ("localhost:1", "http://localhost:80"), ("192.168.1.5:1", "http://192.168.1.5:80"),
        ]
    )
    func localURL(text: String, url: String) {
        #expect(ListenAddress(text)?.localURL(port: 80) == url)
    }
}
