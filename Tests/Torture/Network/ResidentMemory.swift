import Glibc

/// How much memory this process has in use.
enum ResidentMemory {
    /// Lets everything of a megabyte and more go back to the system as soon as it is freed. By itself the allocator keeps such
    /// pieces once it has seen some, and the figure would tell of it and not of the program.
    static func returnLargePieces() {
        guard let symbol = dlsym(nil, "mallopt") else { return }
        typealias Option = @convention(c) (CInt, CInt) -> CInt
        let mmapThreshold: CInt = -3
        _ = unsafeBitCast(symbol, to: Option.self)(mmapThreshold, 1 << 20)
    }

    /// `malloc_trim`, which the module of the C library does not show.
    private static func trim() {
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        typealias Trim = @convention(c) (Int) -> CInt
        _ = unsafeBitCast(symbol, to: Trim.self)(0)
    }

    /// Bytes that are resident, after the allocator gave back what was freed; 0 where it can't be known.
    static func bytes() -> Int {
        trim()
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let fields = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
    }
}
