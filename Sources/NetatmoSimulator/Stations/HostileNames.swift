extension HostileAccount {
    /// A name that a user could give a station, under a word for what it tries.
    struct Name: Sendable {
        let attack: String
        let text: String
    }

    /// Each is the name of a station, its home, its city, its base and one of its modules.
    static let names: [Name] = [
        // Out of a label, an attribute, a string.
        Name(attack: "quotes", text: "\"double\" 'single' `back` \u{201C}curly\u{201D}"),
        Name(attack: "label", text: "Stue\"} 1\nnetatmo_up{a=\""),
        Name(attack: "backslashes", text: "C:\\new\\table \\\" \\\\ \\"),
        Name(attack: "newlines", text: "one\ntwo\r\nthree\rfour\u{B}five\u{C}six\u{85}seven\u{2028}eight\u{2029}nine"),
        Name(attack: "tabs", text: "\tStue\t\ttabs\t"),
        // Into the terminal.
        Name(attack: "NUL", text: "before\u{0}after"),
        Name(attack: "controls", text: "\u{1}\u{7}\u{8}\u{8}\u{E}\u{F}\u{7F}\u{80}\u{9B}2J\u{9D}0;owned\u{9C}"),
        Name(attack: "clear", text: "\u{1B}[2J\u{1B}[H\u{1B}[31mred\u{1B}[0m\u{1B}c"),
        Name(
            attack: "OSC",
            text: "\u{1B}]0;owned\u{7}\u{1B}]52;c;b3duZWQ=\u{1B}\\\u{1B}]8;;http://evil.example\u{1B}\\here\u{1B}]8;;\u{1B}\\"),
        Name(attack: "DCS", text: "\u{1B}Pq#0;2;0;0;0~\u{1B}\\\u{1B}[?1049h\u{1B}[6n"),
        // Into a page.
        Name(attack: "script", text: "<script>alert(1)</script>"),
        Name(attack: "title", text: "</title></style></script><img src=x onerror=alert(1)>"),
        Name(attack: "attribute", text: "\" autofocus onfocus=\"alert(1)\" x='"),
        Name(attack: "entities", text: "&amp;&lt;script&gt; <!-- ]]> -->"),
        // Into templates, formats, shells, paths.
        Name(attack: "templates", text: "%s%n%x {{ .Values }} ${HOME} $(id) `id` \\(id) #{id}"),
        Name(attack: "path", text: "../../../etc/passwd"),
        // Past the width that one counts with.
        Name(attack: "long", text: String(repeating: "0123456789", count: 1000)),
        Name(attack: "combining", text: "Z" + String(repeating: "\u{300}\u{316}\u{489}", count: 300)),
        Name(attack: "wide", text: "\u{6E29}\u{5EA6}\u{8A08}\u{FF21}\u{FF22} \u{D55C}\u{AE00}"),
        // Read in another order than written, or not seen at all.
        Name(attack: "override", text: "\u{202E}evil\u{202C} \u{202D}left\u{202C} \u{200F}\u{61C}"),
        Name(attack: "isolates", text: "\u{2066}one\u{2067}two\u{2068}three\u{2069} never closed \u{202B}"),
        Name(attack: "Hebrew", text: "\u{5E9}\u{5DC}\u{5D5}\u{5DD} 12 \u{5E2}\u{5D5}\u{5DC}\u{5DD}"),
        Name(attack: "invisible", text: "S\u{200B}t\u{200C}u\u{200D}e\u{2060}\u{FEFF}\u{AD}\u{E0041}\u{FE0F}"),
        Name(
            attack: "joined",
            text: "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466} \u{1F44D}\u{1F3FE} \u{200D}\u{200D}\u{200D}"),
        Name(attack: "flags", text: "\u{1F1F3}\u{1F1F4}\u{1F1EB}\u{1F1F7} odd \u{1F1F3} \u{1F3F4}\u{E0067}\u{E0062}\u{E007F}"),
        Name(attack: "noncharacters", text: "\u{FFFE}\u{FFFF}\u{FFFD}\u{1FFFE}\u{E000}\u{10FFFF}"),
        // Names that are none.
        Name(attack: "blank", text: " \u{A0}\u{3000}\t"),
        Name(attack: "empty", text: ""),
    ]
}
