import TestSupport
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Netatmo
@testable import OperatingSystem

@Suite("Where a phone signs in")
struct PhoneAddressTests {
    private func phone(listening address: String, external: String? = nil, network: String? = "192.168.1.20", tls: Bool = false) throws
        -> String
    {
        let addresses = SignInAddresses(address: try #require(ListenAddress(address)), externalURL: external, servesTLS: tls)
        let phone = addresses.forPhone(key: SampleTokens.secret("k"), port: 9210) { network }
        return switch phone {
        case .complete(let address): "complete " + address.reveal()
        case .toBePasted(let address): "paste " + address.reveal()
        case .unreachable: "unreachable"
        }
    }

    @Test(
        "Under an external URL that is another machine's too nothing has to be pasted, wherever the exporter listens",
        arguments: [":9210", "127.0.0.1:9210"])
    func external(address: String) throws {
        #expect(
            try phone(listening: address, external: "https://weather.example.org/netatmo")
                == "complete https://weather.example.org/netatmo/auth/authorize?key=k")
    }

    @Test("By TLS all addresses are of https, but one that is given")
    func secure() throws {
        #expect(try phone(listening: ":9210", tls: true) == "paste https://192.168.1.20:9210/auth/authorize?key=k")
        #expect(try phone(listening: "192.0.2.1:9210", tls: true) == "complete https://192.0.2.1:9210/auth/authorize?key=k")
        #expect(try phone(listening: ":9210", external: "http://h.example", tls: true) == "complete http://h.example/auth/authorize?key=k")
        let addresses = SignInAddresses(address: try #require(ListenAddress(":9210")), externalURL: nil, servesTLS: true)
        #expect(addresses.forOwnBrowser(port: 9210) == "https://127.0.0.1:9210/auth/authorize")
        #expect(addresses.redirectURI(port: 9210) == "https://127.0.0.1:9210/auth/callback")
    }

    @Test(
        "An external URL of this machine alone is of no use to a phone",
        arguments: [
            "http://127.0.0.1:9210", "http://localhost:8080", "http://[::1]:9210", "http://weather.localhost", "http://127.1.2.3",
        ])
    func loopbackURL(url: String) throws {
        #expect(try phone(listening: "127.0.0.1:9210", external: url) == "unreachable")
        #expect(try phone(listening: ":9210", external: url) == "paste http://192.168.1.20:9210/auth/authorize?key=k")
    }

    @Test("Listening everywhere, the machine's address in its network begins it", arguments: [":9210", "0.0.0.0:9210", "[::]:9210"])
    func everywhere(address: String) throws {
        #expect(try phone(listening: address) == "paste http://192.168.1.20:9210/auth/authorize?key=k")
        #expect(try phone(listening: address, network: nil) == "unreachable")
    }

    @Test("Listening on an address of the network, NetAtmo sends the phone back to it")
    func network() throws {
        #expect(try phone(listening: "192.168.7.7:9210") == "complete http://192.168.7.7:9210/auth/authorize?key=k")
    }

    @Test("Listening on this machine alone, no phone reaches it", arguments: ["127.0.0.1:9210", "localhost:9210", "[::1]:9210"])
    func loopback(address: String) throws {
        #expect(try phone(listening: address) == "unreachable")
    }
}
