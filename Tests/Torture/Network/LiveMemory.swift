import Glibc

/// How much memory this process has allocated and not freed: what is in use, without the holes between that make the resident
/// memory go up and down.
enum LiveMemory {
    /// Bytes; 0 where it can't be known.
    static func bytes() -> Int {
        guard let report = report() else { return 0 }
        // The sums over all arenas come last.
        func last(_ element: String) -> Int {
            let line = report.last { $0.hasPrefix("<\(element)") }
            let size = line?.split(separator: "size=\"").last?.prefix { $0.isNumber }
            return size.flatMap { Int($0) } ?? 0
        }
        return last("system type=\"current\"") + last("total type=\"mmap\"") - last("total type=\"fast\"") - last("total type=\"rest\"")
    }

    /// `malloc_info`, which the module of the C library does not show.
    private static func report() -> [Substring]? {
        typealias Inform = @convention(c) (CInt, UnsafeMutablePointer<FILE>) -> CInt
        guard let symbol = dlsym(nil, "malloc_info"), let file = tmpfile() else { return nil }
        defer { fclose(file) }
        guard unsafeBitCast(symbol, to: Inform.self)(0, file) == 0 else { return nil }
        let count = ftell(file)
        rewind(file)
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        guard fread(&bytes, 1, bytes.count, file) == bytes.count else { return nil }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }
}
