import Glibc

/// The reader that is fuzzed: `FUZZED_READER` in the environment.
private let reader: FuzzedReader = {
    guard let name = getenv("FUZZED_READER").map({ String(cString: $0) }), let reader = FuzzedReader(rawValue: name) else {
        fatalError("FUZZED_READER has to be one of \(FuzzedReader.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return reader
}()

/// What libFuzzer calls with each input; a crash is its way to be told of a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do throws(Violation) {
        try reader.check(Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
        fatalError("\(reader): \(error)")
    }
    return 0
}
