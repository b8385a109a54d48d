/// The pages of `/oauth2/authorize`: plain HTML that works without a script.
enum SignInPage {
    static func page(for request: AuthorizationRequest, clientID: String) -> String {
        let hidden = request.formFields(clientID: clientID).map { field in
            "<input type=\"hidden\" name=\"\(escape(field.name))\" value=\"\(escape(field.value))\">"
        }
        let rights = request.scope.map { "<li><code>\(escape($0))</code></li>" }
        return document(
            title: "Sign in",
            body: """
                <p>An app wants to read your devices:</p>
                <ul>\(rights.joined())</ul>
                <p>It continues at<br><code>\(escape(request.redirectURI))</code></p>
                <form method="post" action="/oauth2/authorize">
                \(hidden.joined(separator: "\n"))
                <button name="decision" value="accept" class="main" autofocus>Accept</button>
                <button name="decision" value="deny">Deny</button>
                </form>
                """
        )
    }

    /// Tells the user that the app asked for something impossible.
    static func refusal(_ message: String) -> String {
        document(title: "Not possible", body: "<p>\(escape(message))</p>")
    }

    /// Text as HTML shows it, in content and in quoted attributes.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func document(title: String, body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escape(title)) – NetAtmo simulator</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 12vh auto; padding: 0 1rem; }
        h1 { font-size: 1.25rem; }
        code { overflow-wrap: anywhere; }
        button { font: inherit; padding: .5rem 1.25rem; margin-right: .5rem; border: 1px solid; border-radius: .4rem; }
        button.main { font-weight: bold; }
        </style>
        </head>
        <body>
        <h1>NetAtmo simulator – no real account</h1>
        \(body)
        </body>
        </html>

        """
    }
}
