import EngineAPI

extension HelpSection {
    static func signIn(port: Int) -> [HelpSection] {
        [
            HelpSection("Keys", keys: KeyBinding.signIn),
            HelpSection(
                "Over SSH, with a tunnel",
                texts: [
                    "1. On your side: ssh -L \(port):127.0.0.1:\(port) HOST",
                    "2. Open the address at the top in a browser there, and sign in.",
                ]
            ),
            HelpSection(
                "Over SSH, without a tunnel",
                texts: [
                    "1. n copies the address of NetAtmo's page to the clipboard on your side.",
                    "2. Open it in a browser there, and sign in.",
                    "3. The browser ends on an address with \(ExporterPath.callback.rawValue) in it, which it can't load. Copy that address.",
                    "4. Paste it here, and press Enter.",
                ]
            ),
            HelpSection(
                "With a phone",
                texts: [
                    "Scan the code. Where --external-url leads here, that is all. Else the phone ends on an address that it can't load: send that address to yourself, and paste it here."
                ]
            ),
            HelpSection(
                "When copying does not work",
                texts: [
                    "The terminal has to take OSC 52. tmux does after: set -g set-clipboard on",
                    "Or hold Shift, and select the address with the mouse.",
                ]
            ),
        ]
    }
}
