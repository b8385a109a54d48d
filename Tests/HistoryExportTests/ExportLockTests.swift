import ArgumentParser
import FoundationEssentials
import Glibc
import OperatingSystem
import TestSupport
import Testing

@testable import HistoryExport
@testable import Homes
@testable import netatmo_dashboard

@Suite("The lock of an export")
struct ExportLockTests {
    @Test("keeps a second one from the same file, by name and process, and leaves nothing behind")
    func second() throws {
        let folder = try TemporaryFolder()
        let output = folder.path("out")
        do {
            let first = try ExportLock(of: output)
            #expect(throws: ExportError.underWay(path: output, processID: getpid())) { _ = try ExportLock(of: output) }
            #expect(access(output + ".part.lock", F_OK) == 0)
            #expect(ExportLock.holder(of: output) == getpid())
            _ = try ExportLock(of: folder.path("other"))
            extendLifetime(first)
        }
        #expect(access(output + ".part.lock", F_OK) != 0)
        #expect(ExportLock.holder(of: output) == nil)
        _ = try ExportLock(of: output)
    }

    @Test("that can't be had says why, in a line with the path")
    func refused() throws {
        let folder = try TemporaryFolder()
        #expect(symlink("/etc/passwd", folder.path("out.part.lock")) == 0)
        let error = #expect(throws: ExportError.self) { _ = try ExportLock(of: folder.path("out")) }
        #expect(error?.description.contains("out.part.lock: not a lock file of this user's own") == true)
        let missing = #expect(throws: ExportError.self) { _ = try ExportLock(of: folder.path("none/out")) }
        #expect(missing?.description == "\(folder.path("none")): can't find this directory: No such file or directory")
    }

    @Test("is told to whoever begins another export to that file, in place of advice to go on with it")
    func told() throws {
        let folder = try TemporaryFolder()
        let output = folder.path("out")
        let options = try ExportOptions.parse(["--from", "2026-01-01", "--format", "csv", "--output", output])
        func refusal() -> String {
            do throws(ConfigurationError) {
                _ = try options.wish(at: SampleStations.now)
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(refusal() == "")
        do {
            let lock = try ExportLock(of: output)
            _ = try ExportFiles(SampleExport.order(.csv, [SampleExport.device("A", id: "02:0a")]), to: output, system: LocalFileSystem())
            #expect(refusal().contains("process \(getpid()) exports to it"))
            extendLifetime(lock)
        }
        #expect(refusal().contains("--resume goes on with it"))
        #expect(!ExportError.underWay(path: output, processID: 1).canBeResumed && !ExportError.damaged(path: "", reason: "").canBeResumed)
        #expect(ExportError.interrupted.canBeResumed && ExportError.engineGone.canBeResumed)
    }

    @Test("of a module goes by each name that the screen has of it, in any case of letters")
    func names() throws {
        let base = SampleStations.stations(SampleStations.json(baseNamed: "Kjøkken"))[0].base
        let outdoor = Device(id: "02:00:00:00:20:02", kind: .outdoor, name: nil, readings: nil)
        let station = Station(base: base, modules: [outdoor], name: "Hytte", homeName: "Geilo")
        #expect(outdoor.title != outdoor.displayName)
        for name in [outdoor.title, outdoor.title.uppercased(), outdoor.displayName, outdoor.id] {
            let query = ExportQuery(
                format: .csv, scale: .measurement, start: SampleExport.time(0), end: SampleExport.time(300), modules: [name])
            #expect(try query.order(of: [station], at: SampleStations.now).devices.map(\.subject.id) == [outdoor.id])
        }
    }
}
