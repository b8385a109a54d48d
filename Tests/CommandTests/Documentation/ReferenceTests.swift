import ArgumentParser
import Foundation
import NIOCore
import Testing

@testable import Engine
@testable import EngineAPI
@testable import Homes
@testable import PrometheusMetrics
@testable import Screen
@testable import netatmo_dashboard

/// What the parser tells of a command, as `--experimental-dump-help` prints it.
private struct CommandDump: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }
        let names: [Name]?
        let sectionTitle: String?
    }
    private struct Document: Decodable {
        let command: CommandDump
    }
    let commandName: String
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [CommandDump]?

    /// All commands there are.
    static func all() throws -> [CommandDump] {
        try JSONDecoder().decode(Document.self, from: Data(NetatmoDashboard._dumpHelp().utf8)).command.flat
    }

    private var flat: [CommandDump] { [self] + (subcommands ?? []).flatMap(\.flat) }

    /// `--name` of each option, without the opposites of switches.
    ///
    /// - Parameter group: Of those with this title; `nil` for all.
    func options(of group: String? = nil) -> [String] {
        let arguments = (arguments ?? []).filter { group == nil || $0.sectionTitle == group }
        let names = arguments.flatMap { $0.names ?? [] }.filter { $0.kind == "long" }.map(\.name)
        return names.filter { !$0.hasPrefix("no-") }.map { "--\($0)" }
    }
}

@Suite("The reference tells what the program does, all of it and nothing else")
struct ReferenceTests {
    @Test("Options: each that a command has, and each variable")
    func options() throws {
        let page = try Page.topic("options")
        let options = Set(try CommandDump.all().flatMap { $0.options() })
        #expect(options.count > 40)
        #expect(options.subtracting(page.code).sorted() == [])
        #expect(Setting.variables.union([Setting.configurationFile]).subtracting(page.code).sorted() == [])
        // Those of container programs are not ours.
        let told = Set(page.text.matches(of: /--[a-z][a-z-]*/).map { String($0.0) }).filter { !$0.hasPrefix("--no-") }
        #expect(told.subtracting(options).sorted() == ["--env-file"])
        let variables = Set(page.text.matches(of: /\bNETATMO_[A-Z_]+/).map { String($0.0) })
        #expect(variables.subtracting(Setting.variables).sorted() == [Setting.configurationFile])
    }

    @Test("An export's options have their topic")
    func exportOptions() throws {
        let export = try #require(try CommandDump.all().first { $0.commandName == "export" })
        let options = Set(export.options(of: "What to export"))
        #expect(options.count == 10)
        #expect(options.subtracting(try Page.topic("history-export").code).sorted() == [])
    }

    @Test("Series: each that a scrape can have")
    func series() throws {
        var encoder = MetricsEncoder()
        EngineText(
            snapshot: Snapshot(energy: EnergyReadings()), api: APIStatistics(), refreshInterval: .seconds(480), build: .current
        ).write(to: &encoder, at: Date(timeIntervalSince1970: 0), process: ProcessMetrics())
        let text = String(decoding: encoder.buffer.readableBytesView, as: UTF8.self)
        let engine = text.matches(of: /(?m)^# TYPE (\w+)/).map { String($0.1) }
        #expect(engine.count > 20)
        let energy =
            EnergyMetric.ofRooms.map(\.name) + EnergyMetric.ofDevices.map(\.name) + [EnergyModes.ofHomes.name, EnergyModes.ofRooms.name]
        let served = Set(SensorMetric.all.map(\.name) + [SensorMetric.information, RainText.name] + energy + engine)
        let told = Set(try Page.topic("series").text.matches(of: /\b(netatmo|process)_\w+/).map { String($0.0) })
        #expect(served.subtracting(told).sorted() == [])
        #expect(told.subtracting(served).sorted() == [])
    }

    @Test("The status: each key, word and kind of error")
    func status() throws {
        let page = try Page.topic("status-json")
        let keys = Set(StatusKey.allCases.map(\.rawValue))
        // What the control socket has beside it.
        let ofSocket: Set = ["path", "cause", "schedules"]
        #expect(keys.subtracting(ofSocket).subtracting(page.codeWords).sorted() == [])
        #expect(try ofSocket.subtracting(Page.topic("control-socket").codeWords).sorted() == [])
        let measures = Set(Measure.allCases.map(\.jsonKey))
        let heads = Set(page.bulletHeads.flatMap { $0.flatMap { $0.matches(of: /\w+/).map { String($0.0) } } })
        #expect(heads.subtracting(keys).subtracting(measures).sorted() == ["commit", "wind"])
        #expect(measures.subtracting(page.codeWords).sorted() == [])
        #expect(Set(TokenStatus.State.allCases.map(\.rawValue)).subtracting(page.codeWords).sorted() == [])
        #expect(Set(NetatmoError.Kind.allCases.map(\.rawValue)).subtracting(page.codeWords).sorted() == [])
    }

    @Test("Paths: each of the exporter and of the control socket")
    func paths() throws {
        let exporter = try Page.topic("paths").bulletHeads.flatMap(\.self).map { $0.replacing("/<id>", with: "") }
        #expect(Set(ExporterPath.allCases.map(\.rawValue)) == Set(exporter.filter { $0.hasPrefix("/") }))
        let control = try Page.topic("control-socket").bulletHeads.flatMap(\.self).compactMap { $0.wholeMatch(of: /(GET|POST) (.*)/) }
        #expect(Set(control.map { String($0.2) }) == Set(ControlPath.allCases.map(\.rawValue)))
        for path in control {
            #expect(ControlPath(rawValue: String(path.2))?.changesSomething == (path.1 == "POST"), "\(path.0)")
        }
    }

    @Test(
        "The screen: each key, as the help names it",
        arguments: [
            KeyBinding.main, KeyBinding.filter, KeyBinding.module, KeyBinding.chart, KeyBinding.log, KeyBinding.signIn, KeyBinding.help,
        ]
    )
    func keys(_ bindings: [KeyBinding]) throws {
        let code = try Page.topic("screen").code
        for binding in bindings {
            let names = binding.name.hasPrefix("Shift") ? [binding.name] : binding.name.split(separator: " ").map(String.init)
            for name in names { #expect(code.contains(name), "\(binding.name)") }
        }
    }

    @Test("Exit codes: those that commands end with")
    func exitCodes() throws {
        let told = Set(try Page.topic("exit-codes").bulletHeads.flatMap(\.self).compactMap(Int32.init))
        #expect(told == [0, 1, 2, 3, Failure.usage, UnsavedToken.exitCode.rawValue, 128, 130])
        for discussion in try CommandDump.all().compactMap(\.discussion) {
            guard let codes = discussion.firstRange(of: "Exit code:").map({ discussion[$0.upperBound...] }) else { continue }
            let numbers = Set(codes.matches(of: /\b\d+\b/).compactMap { Int32($0.0) })
            #expect(numbers.count > 3 && numbers.isSubset(of: told), "\(codes)")
        }
    }

    @Test("Rules for alerts: each of the file for Prometheus")
    func alertRules() throws {
        let file = try #require(Resource.all.first { $0.name == "alerts.yml" })
        let rules = String(decoding: file.bytes, as: UTF8.self).matches(of: /- alert: (\w+)/).map { String($0.1) }
        let told = try Page.topic("prometheus").bulletHeads.flatMap(\.self)
        #expect(rules.count > 10 && Set(rules) == Set(told))
    }

    @Test("Alerts: each measure that can be watched")
    func alerts() throws {
        let told = try Page.topic("alerts").codeWords
        let reader = SettingReader(sources: SettingSources(environment: [:]))
        let measures = Measure.allCases.map(\.jsonKey).filter { (try? reader.alerts("\($0) > 1"))?.isEmpty == false }
        #expect(measures.count > 15)
        #expect(Set(measures).subtracting(told).sorted() == [])
    }
}
