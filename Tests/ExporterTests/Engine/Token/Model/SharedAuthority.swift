import Synchronization
import TestSupport

@testable import Engine
@testable import Homes
@testable import Netatmo
@testable import OperatingSystem

/// NetAtmo as the keeper meets it.
final class SharedAuthority: Sendable {
    private let authority: Mutex<TokenAuthority>

    init(_ authority: TokenAuthority) {
        self.authority = Mutex(authority)
    }

    var value: TokenAuthority { authority.withLock { $0 } }

    func change(_ change: @Sendable (inout TokenAuthority) -> Void) {
        authority.withLock { change(&$0) }
    }

    func answer(_ request: ScriptedTransport.Request) throws(NetatmoError) -> NetatmoAnswer {
        let refreshToken = request.form["refresh_token"]?.reveal()
        return try authority.withLock { $0.answer(spending: refreshToken) }.reply.now()
    }
}
