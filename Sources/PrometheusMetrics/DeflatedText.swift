import CZlib
import NIOCore

/// A text as a piece of deflate data (RFC 1951) that another piece can follow, with what the trailer of gzip needs of it.
///
/// Two pieces make one gzip member (RFC 1952), so that the large part of a text can be compressed once and kept, and the
/// small part that changes more often is compressed alone.
struct DeflatedText: Sendable {
    /// Whether another piece follows.
    enum Place {
        /// At the start: the data ends on a byte's boundary, and is not marked as the last.
        case first
        case last
    }

    private let data: ByteBuffer
    private let checksum: UInt
    private let length: Int

    /// Compresses a text.
    ///
    /// - Returns: `nil` where zlib has no memory left.
    init?(_ text: ByteBuffer, as place: Place) {
        guard let data = Self.deflated(text, place == .last ? Z_FINISH : Z_FULL_FLUSH) else { return nil }
        self.data = data
        checksum = text.withUnsafeReadableBytes { crc32(0, $0.bindMemory(to: UInt8.self).baseAddress, uInt($0.count)) }
        length = text.readableBytes
    }

    /// The start of a gzip member: its header and this piece.
    var head: ByteBuffer {
        var head = ByteBuffer()
        head.reserveCapacity(data.readableBytes + 10)
        // Deflate, no flags, no time, no extra flags, made on Unix.
        head.writeBytes([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
        head.writeImmutableBuffer(data)
        return head
    }

    /// The end of a gzip member that begins with another piece: this piece and the trailer.
    func tail(after first: DeflatedText) -> ByteBuffer {
        var tail = data
        let checksum = crc32_combine(first.checksum, checksum, length)
        tail.writeInteger(UInt32(truncatingIfNeeded: checksum), endianness: .little)
        tail.writeInteger(UInt32(truncatingIfNeeded: first.length + length), endianness: .little)
        return tail
    }

    private static func deflated(_ text: ByteBuffer, _ flush: Int32) -> ByteBuffer? {
        var stream = z_stream()
        guard czlib_start_raw_deflate(&stream, Z_DEFAULT_COMPRESSION) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var output = ByteBuffer()
        let isComplete = text.withUnsafeReadableBytes { input in
            // zlib reads through this pointer and never writes.
            stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
            stream.avail_in = uInt(input.count)
            return drain(&stream, flush, into: &output)
        }
        return isComplete ? output : nil
    }

    /// Takes all that comes out; false where zlib fails.
    private static func drain(_ stream: inout z_stream, _ flush: Int32, into output: inout ByteBuffer) -> Bool {
        while true {
            var result = Z_STREAM_ERROR
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: 32 << 10) { space in
                stream.next_out = space.bindMemory(to: UInt8.self).baseAddress
                stream.avail_out = uInt(space.count)
                result = deflate(&stream, flush)
                return space.count - Int(stream.avail_out)
            }
            switch result {
            case Z_STREAM_END: return true
            case Z_OK where flush != Z_FINISH && stream.avail_out > 0: return stream.avail_in == 0
            case Z_OK: continue
            // Nothing was left to do: the output had filled exactly.
            case Z_BUF_ERROR where flush != Z_FINISH: return stream.avail_in == 0
            default: return false
            }
        }
    }
}
