import FoundationEssentials
import Netatmo

/// The page at `/`: the token's state, how to sign in, and what else there is. It needs nothing from NetAtmo, so that it
/// works while a refresh fails.
struct HomePage: Sendable {
    let snapshot: Snapshot
    let now: Date
    /// Whether the reader may sign in from where they are.
    let offersSignIn: Bool

    /// The page as HTML.
    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>netatmo-dashboard</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 2rem auto; padding: 0 1rem; }
        dt { font-weight: 600; } dd { margin: 0 0 .6rem; } input { font: inherit; width: 100%; box-sizing: border-box; }
        </style>
        </head>
        <body>
        <h1>netatmo-dashboard</h1>
        <dl>
        <dt>Token</dt><dd>\(escapedHTML(tokenText))</dd>
        <dt>Readings</dt><dd>\(escapedHTML(dataText))</dd>
        </dl>
        \(signIn)
        <p><a href="/metrics">Metrics</a> · <a href="/version">Version</a></p>
        </body>
        </html>

        """
    }

    private var tokenText: String {
        let state = snapshot.token.state(at: now).rawValue
        let expiry = snapshot.token.expiry.map { ", expires at \(RFC3339.text($0))" } ?? ""
        guard case .failing(let error, _, _) = snapshot.token.renewal else { return state + expiry }
        return "\(state)\(expiry); the last renewal failed: \(error)"
    }

    private var dataText: String {
        let count = snapshot.data.stations.map(\.devices.count).reduce(0, +)
        let fetched = snapshot.data.fetchedAt.map { "\(count) modules, fetched at \(RFC3339.text($0))" } ?? "none yet"
        guard let error = snapshot.data.lastAttempt?.error else { return fetched }
        return "\(fetched); the last try failed: \(error)"
    }

    private var signIn: String {
        guard offersSignIn else { return "<p>Signing in works from the machine that this exporter runs on.</p>" }
        return """
            <p><a href="/auth/authorize">Sign in at NetAtmo</a></p>
            <form method="post" action="/auth/settoken">
            <p><label>Or a refresh token from NetAtmo's developer portal:
            <input name="refresh_token" type="password" autocomplete="off" required></label></p>
            <p><button type="submit">Use this refresh token</button></p>
            </form>
            """
    }
}

/// A text for HTML, in an element or in a quoted attribute.
func escapedHTML(_ text: String) -> String {
    text.map { character in
        switch character {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&#39;"
        default: String(character)
        }
    }
    .joined()
}
