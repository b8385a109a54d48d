// Asks /api/status every few seconds and shows it. Whatever comes from there goes onto the page as text, never as HTML; the charts come
// as the exporter draws them.
"use strict";

/** Where the exporter's other paths are: beside this script, also where a proxy has them below a path of its own. */
const base = new URL(".", document.currentScript.src);

const pollSeconds = 5;
const longestPauseSeconds = 60;
const eventLines = 12;
const longestName = 60;

let status = null;
/** What the exporter's clock is ahead of this machine's, in ms: a wrong clock of a phone does not matter. */
let clockOffset = 0;
let failures = 0;
let lastAnswer = Date.now();
let timer = null;
let shownStations = "";

const byId = (id) => document.getElementById(id);
const now = () => Date.now() + clockOffset;

// MARK: Text

/** A text from outside without what would control how the rest is shown: control characters and marks of direction. */
function harmless(text) {
    return String(text).replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, "\ufffd");
}

/** The same, cut to a length that a page can show. */
function short(text, limit = longestName) {
    const characters = Array.from(harmless(text).slice(0, 4 * limit));
    return characters.length > limit ? characters.slice(0, limit).join("") + "…" : characters.join("");
}

/** An element with attributes and children; texts become text nodes. */
function element(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (value !== null && value !== undefined) node.setAttribute(key, value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
}

/** Writes a text where another stands, and leaves the page alone where it is the same. */
function write(node, text) {
    if (node.textContent !== text) node.textContent = text;
}

const padded = (number) => String(number).padStart(2, "0");

/** `2:41:07`, rounded up, so that 0:00:00 shows when the time has come. */
function countdown(milliseconds) {
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    return `${Math.floor(seconds / 3600)}:${padded(Math.floor(seconds / 60) % 60)}:${padded(seconds % 60)}`;
}

/** `0:30`, `1:02:03`, from two days on `3 d`. */
function age(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    if (seconds >= 172800) return `${Math.floor(seconds / 86400)} d`;
    const minutes = Math.floor(seconds / 60);
    if (seconds < 3600) return `${minutes}:${padded(seconds % 60)}`;
    return `${Math.floor(minutes / 60)}:${padded(minutes % 60)}:${padded(seconds % 60)}`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A time of day in the reader's time zone, with the date where it is more than 18 hours away. */
function clock(time) {
    const date = new Date(time);
    if (Number.isNaN(date.getTime())) return "–";
    const text = [date.getHours(), date.getMinutes(), date.getSeconds()].map(padded).join(":");
    if (Math.abs(date - now()) < 64800000) return text;
    const year = date.getFullYear() === new Date(now()).getFullYear() ? "" : ` ${date.getFullYear()}`;
    return `${date.getDate()} ${months[date.getMonth()]}${year} ${text}`;
}

/** A line of the exporter, with its times of UTC as times of day here. */
function localTimes(text) {
    return harmless(text).replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, clock);
}

// MARK: The token

const stateWords = {
    valid: ["VALID", "good"], renewing: ["RENEWING", "good"], expiring: ["EXPIRING", "warning"],
    missing: ["NO TOKEN", "bad"], expired: ["EXPIRED", "bad"], rejected: ["REJECTED", "bad"],
};

function showToken(token) {
    const [word, role] = stateWords[token.state] || [short(token.state).toUpperCase(), "warning"];
    byId("token").replaceChildren(
        element("p", { class: `state ${role}`, id: "state" }, word),
        ...(token.expiry === null ? [] : expiry(token, role)),
        element("dl", { class: "facts" }, ...tokenFacts(token).flatMap(([term, text]) => [element("dt", {}, term), element("dd", {}, text)])),
        ...tokenProblems(token).map(([text, role]) => element("p", { class: `problem ${role}` }, localTimes(text))),
    );
    document.title = `${word} · netatmo-dashboard`;
    document.body.classList.toggle("needs-sign-in", !token.canRenew);
    // For who listens to the page: only the word, and only when it changes.
    write(byId("announcement"), `Token: ${word.toLowerCase()}`);
}

/** How long the token still works: a countdown and a gauge. */
function expiry(token, role) {
    const line = element("p", { class: "countdown" },
        element("span", {}, element("span", { id: "expires" }), " ", element("strong", { id: "countdown", role: "timer" })),
        element("span", { class: "quiet" }, `at ${clock(token.expiry)}`));
    if (!token.lifetimeSeconds) return [line];
    const bar = element("span", { id: "gauge" });
    return [line, element("div", { class: `gauge ${role}`, "aria-hidden": "true" }, bar)];
}

function tokenFacts(token) {
    const facts = [];
    if (token.saving.state === "blocked") facts.push(["Renews", `not for now, next try to save at ${clock(token.saving.next)}`]);
    else if (token.renewal.state === "underWay") facts.push(["Renewal", "under way"]);
    else if (token.renewal.next !== null) facts.push(["Next try", `at ${clock(token.renewal.next)}`]);
    else if (token.renewsAt !== null) facts.push(["Renews", `at ${clock(token.renewsAt)}`]);
    else if (token.expiry !== null || token.isValid) facts.push(["Renews", "can’t renew itself"]);
    if (token.expiry === null && token.isValid) facts.push(["Expires", "nobody knows when"]);
    if (token.saving.at !== null) facts.push(["Saved", `at ${clock(token.saving.at)}`]);
    if (token.saving.state === "failed") facts.push(["Saved", `no, next try at ${clock(token.saving.next)}`]);
    return facts;
}

/** What fails, and what has to be done: texts with their roles. */
function tokenProblems(token) {
    const problems = [];
    const isBlocked = token.saving.state === "blocked";
    if (isBlocked) problems.push([`A new token could not be saved, so none is asked for and sign-ins are refused: ${token.saving.error.text}`, "bad"]);
    else if (token.saving.error) problems.push([`Not saved: ${token.saving.error.text}`, "bad"]);
    if (token.renewal.error) {
        const tries = token.renewal.tries > 1 ? ` (${token.renewal.tries} tries)` : "";
        problems.push([`The renewal fails${tries}: ${token.renewal.error.text}`, "warning"]);
    }
    // A sign-in would be refused.
    if (isBlocked) return problems;
    if (token.error) problems.push([`Sign in again: ${token.error.text}`, "bad"]);
    else if (token.state === "missing" && !token.canRenew) problems.push(["Sign in to get a token.", "warning"]);
    else if (!token.canRenew && token.expiry === null && token.isValid) problems.push(["There is no refresh token: sign in once NetAtmo refuses it, or now.", "warning"]);
    else if (!token.canRenew && token.expiry !== null) problems.push(["There is no refresh token: sign in before it expires.", "warning"]);
    return problems;
}

function showCountdown() {
    const end = status && status.token.expiry !== null ? Date.parse(status.token.expiry) : null;
    if (end === null || !byId("countdown")) return;
    const left = end - now();
    write(byId("expires"), left > 0 ? "expires in" : "expired");
    write(byId("countdown"), left > 0 ? countdown(left) : `${age(-left)} ago`);
    const bar = byId("gauge");
    if (bar) bar.style.width = `${Math.max(0, Math.min(100, left / status.token.lifetimeSeconds / 10))}%`;
}

// MARK: The readings

const kindWords = {
    base: "Base", outdoor: "Outdoor", wind: "Wind", rain: "Rain", indoor: "Indoor", homeCoach: "Home coach", other: "Module",
};
const trendWords = { up: ["↑", "rising"], down: ["↓", "falling"], stable: ["→", "steady"] };

/** The name of a measure; what is not named here is shown under its key. Numbers, units and what is to be thought of them come from
    the exporter, which judges for all that show it. */
const measures = {
    temperature: "Temperature", humidity: "Humidity", co2: "CO₂", noise: "Noise", pressure: "Pressure", absolutePressure: "Absolute",
    rainToday: "Today", rainLastHour: "Last hour", rain: "Now", windStrength: "Wind", gustStrength: "Gusts",
    windStrengthMaximum: "Strongest", healthIndex: "Health",
};
/** The colour of a verdict; a value that is fine has none. */
const verdictRoles = { warning: "warning", bad: "bad" };
/** Measures that stand beside another one's value. */
const beside = ["temperatureMinimum", "temperatureMaximum", "windAngle", "gustAngle", "windAngleMaximum"];
/** Which measures tell where another one's wind came from. */
const angles = { windStrength: "windAngle", gustStrength: "gustAngle", windStrengthMaximum: "windAngleMaximum" };
const mainMeasures = ["temperature", "windStrength", "rainToday", "rain", "pressure"];

function showReadings(current) {
    const { stations, data } = current;
    const text = JSON.stringify([stations, data.fetchedAt, data.lastAttempt && data.lastAttempt.error]);
    if (text === shownStations) return;
    shownStations = text;
    const error = data.lastAttempt && data.lastAttempt.error;
    const problem = error
        ? element("p", { class: "problem bad" }, localTimes(`The last fetch failed at ${clock(data.lastAttempt.time)}: ${error.text}`))
        : null;
    const empty = stations.length > 0 ? null : element("p", {}, data.fetchedAt === null ? "No readings yet." : "NetAtmo knows no station.");
    // The sections of rooms are the server's: those that stand among the stations are kept.
    byId("rooms").append(...document.querySelectorAll("#readings > section.rooms"));
    byId("readings").replaceChildren(...[problem, empty, ...stations.map(stationSection)].filter(Boolean));
    placeRooms();
}

/** Puts the rooms of each home behind its stations. */
function placeRooms() {
    for (const rooms of document.querySelectorAll("#rooms > section.rooms")) {
        const stations = [...document.querySelectorAll("#readings > section.station:not(.rooms)")];
        stations.filter((station) => station.dataset.home === rooms.dataset.home).at(-1)?.after(rooms);
    }
}

function stationSection(station) {
    const title = station.home || station.name || station.modules[0]?.name || station.id;
    const more = [station.name !== title ? station.name : null, station.place?.city !== title ? station.place?.city : null]
        .filter(Boolean).map((name) => short(name));
    if (station.isFavorite) more.push("favourite");
    return element("section", { class: "station", "data-home": station.homeID ?? station.home ?? "" },
        element("header", {}, element("h3", {}, bidi(title)), element("span", { class: "quiet" }, bidi(more.join(" · "), 200))),
        element("div", { class: "modules" }, ...station.modules.map(moduleCard)));
}

/** A name in an element of its own, so that one written from right to left does not turn its neighbours around. */
function bidi(text, limit) {
    return element("bdi", {}, short(text, limit));
}

function moduleCard(module) {
    const main = mainMeasures.find((key) => key in module.readings);
    const others = Object.keys(measures).filter((key) => key !== main && key in module.readings);
    const unknown = Object.keys(module.readings).filter((key) => !(key in measures) && !beside.includes(key));
    const values = [...others, ...unknown].map((key) => valueRow(key, module.readings));
    return element("article", { class: module.isStale || !module.isReachable ? "module aged" : "module" },
        element("header", {}, element("h4", {}, element("a", { href: moduleAddress(module) }, bidi(moduleName(module)))), element("span", { class: "quiet" }, kindWords[module.kind] || "Module")),
        main ? mainValue(main, module.readings) : null,
        Object.keys(module.readings).length === 0 ? element("p", { class: "quiet" }, "no readings") : null,
        values.length > 0 ? element("dl", { class: "values" }, ...values) : null,
        element("footer", {}, ...moduleNotes(module)));
}

/** The page of a module, with all its charts. */
function moduleAddress(module) {
    return new URL(`module/${encodeURIComponent(module.id)}`, base).href;
}

/** Its own name, or what it is and the end of its id. */
function moduleName(module) {
    return module.name || `${kindWords[module.kind] || "Module"} ${module.id.slice(-2)}`;
}

function mainValue(key, readings) {
    const { text, textUnit, trend, verdict, word } = readings[key];
    const note = key === "rainToday" ? "today" : direction(key, readings);
    return element("p", { class: "main-value" },
        element("span", { class: verdictRoles[verdict] },
            text, element("small", {}, ` ${[textUnit, note, word].filter(Boolean).join(" ")}`), arrow(trend)),
        element("span", { class: "quiet" }, key === "temperature" ? extremes(readings) : ""));
}

/** The day's lowest and highest temperature. */
function extremes({ temperatureMinimum: low, temperatureMaximum: high }) {
    return low && high ? `today ${low.text} to ${high.text}` : "";
}

function arrow(trend) {
    if (!(trend in trendWords)) return null;
    const [sign, word] = trendWords[trend];
    return element("span", { class: "trend", role: "img", title: word, "aria-label": word }, sign);
}

function valueRow(key, readings) {
    const { text, textUnit, trend, verdict, word } = readings[key];
    return element("div", {}, element("dt", {}, measures[key] || short(key, 24)),
        element("dd", { class: verdictRoles[verdict] },
            [text, textUnit, direction(key, readings), word].filter(Boolean).join(" "),
            arrow(trend)));
}

/** Where the wind of a measure came from: a point of the compass. */
function direction(key, readings) {
    return readings[angles[key]]?.text ?? "";
}

/** What there is to say of the device: age, reach, battery, signal. */
function moduleNotes(module) {
    const notes = [];
    if (!module.isReachable) {
        notes.push(element("span", { class: "bad" }, module.lastSeen === null ? "unreachable" : `unreachable since ${clock(module.lastSeen)}`));
    }
    if (module.measuredAt !== null) {
        const words = module.isStale ? "stale, measured" : "measured";
        notes.push(element("span", { class: module.isStale ? "warning" : null }, `${words} `, ageOf(module.measuredAt), " ago"));
    } else if (Object.keys(module.readings).length > 0) {
        notes.push(element("span", { class: "warning" }, "stale, measured at an unknown time"));
    }
    if (module.battery) notes.push(element("span", { class: verdictRoles[module.battery.verdict] }, batteryWords(module.battery)));
    if (module.signal?.word) {
        const { kind, verdict, word } = module.signal;
        notes.push(element("span", { class: verdictRoles[verdict] }, `${kind === "wifi" ? "Wi-Fi" : kind} ${word}`));
    }
    return notes;
}

/** Beside a percentage the level is worth a word only where something has to be done. */
function batteryWords({ percent, verdict, word }) {
    const facts = [percent === null ? null : `${percent} %`, percent === null || verdict !== "fine" ? word : null];
    return `battery ${facts.filter(Boolean).join(", ")}`;
}

/** An age that counts up. */
function ageOf(time) {
    return element("span", { "data-since": String(Date.parse(time)) }, age(now() - Date.parse(time)));
}

// MARK: The charts and the rooms

/** Takes the charts and the rooms out of this page as the server draws it now: it has escaped what comes from outside, and scripts in there are no
    part of it, nor would they run. */
async function refreshDrawings() {
    const response = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(10000) });
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const [charts, rooms] = [page.getElementById("charts"), page.getElementById("rooms")];
    if (charts) byId("charts").replaceWith(document.importNode(charts, true));
    if (!rooms) return;
    for (const section of document.querySelectorAll("#readings > section.rooms")) section.remove();
    byId("rooms").replaceWith(document.importNode(rooms, true));
    placeRooms();
}

// MARK: The rest

function showExporter({ exporter, data }) {
    const parts = [];
    if (exporter.address !== null) parts.push(harmless(exporter.address));
    parts.push(exporter.lastScrape === null ? "not scraped yet" : "scraped ");
    const node = byId("exporter");
    node.replaceChildren(parts.join(" · "));
    if (exporter.lastScrape !== null) node.append(ageOf(exporter.lastScrape), " ago");
    if (data.isFetching) node.append(" · fetching");
    else if (data.nextFetch !== null) node.append(` · next fetch at ${clock(data.nextFetch)}`);
}

function showSignIn({ state, until, reason }) {
    const words = {
        waiting: "Waiting for NetAtmo’s answer.",
        exchanging: "Getting a token.",
        succeeded: until === null ? "Signed in." : `Signed in; the token works until ${clock(until)}.`,
        failed: `Signing in failed: ${localTimes(reason || "")}`,
    };
    const node = byId("sign-in");
    node.hidden = !(state in words);
    node.className = state === "failed" ? "bad" : "";
    write(node, words[state] || "");
}

function showEvents(events) {
    byId("events-section").hidden = events.length === 0;
    const roles = { good: "good", warning: "warning", bad: "bad" };
    byId("events").replaceChildren(...events.slice(-eventLines).reverse().map((event) =>
        element("li", {}, element("time", { datetime: event.time }, clock(event.time)),
            element("span", {}, `${harmless(event.subject)} `, element("strong", { class: roles[event.severity] || null }, harmless(event.outcome)),
                event.detail ? ` ${short(localTimes(event.detail), 300)}` : ""))));
}

// MARK: Asking

async function ask() {
    const response = await fetch(new URL("api/status", base), { cache: "no-store", signal: AbortSignal.timeout(10000) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.json();
}

/** Shows an answer, but only the parts that are not what is shown already, so that nothing under a reader's hands moves. */
function show(answer) {
    const before = status;
    status = answer;
    const isNew = (part) => before === null || JSON.stringify(before[part]) !== JSON.stringify(answer[part]);
    if (isNew("token")) showToken(answer.token);
    if (isNew("events")) showEvents(answer.events);
    if (isNew("signIn")) showSignIn(answer.signIn);
    showReadings(answer);
    showExporter(answer);
    const areRoomsNew = isNew("energy") || isNew("homes");
    const isComing = document.querySelector("#charts [data-coming]") !== null;
    if (before !== null && (isComing || areRoomsNew || before.data.fetchedAt !== answer.data.fetchedAt)) refreshDrawings().catch((error) => console.debug(error));
    tick();
}

async function poll() {
    clearTimeout(timer);
    try {
        const answer = await ask();
        if (answer.version !== 2) throw new Error("another version; reload this page");
        clockOffset = Date.parse(answer.now) - Date.now();
        show(answer);
        failures = 0;
        lastAnswer = Date.now();
    } catch (error) {
        failures += 1;
        console.debug(error);
    }
    const pause = Math.min(pollSeconds * 2 ** Math.min(failures, 10), longestPauseSeconds);
    showConnection(pause);
    clearTimeout(timer);
    timer = setTimeout(poll, pause * 1000);
}

function showConnection(pause) {
    const node = byId("connection");
    node.hidden = failures === 0;
    if (failures > 0) write(node, `No answer from the exporter since ${clock(lastAnswer + clockOffset)}; asking again every ${pause} s.`);
}

function tick() {
    showCountdown();
    for (const node of document.querySelectorAll("[data-since]")) write(node, age(now() - Number(node.dataset.since)));
}

setInterval(tick, 1000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
poll();
