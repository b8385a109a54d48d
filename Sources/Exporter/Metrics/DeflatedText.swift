import CZlib
import NIOCore

/// A text as a piece of deflate data (RFC 1951) that another piece can follow, with what the trailer of gzip needs of it.
///
/// Two pieces make one gzip member (RFC 1952), so that the large part of a text can be compressed once and kept, and the
/// small part that differs each time is compressed alone.
struct DeflatedText: Sendable {
    /// Whether another piece follows.
    enum Place {
        /// At the start: the data ends on a byte's boundary, and is not marked as the last.
        case first
        /// At the end.
        case last
    }

    private let data: ByteBuffer
    private let checksum: UInt
    private let length: Int

    /// Compresses a text.
    ///
    /// - Returns: `nil` where zlib has no memory left.
    init?(_ text: ByteBuffer, as place: Place) {
        var stream = z_stream()
        guard czlib_start_raw_deflate(&stream, Z_DEFAULT_COMPRESSION) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var input = Array(text.readableBytesView)
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(input.count))) + 16)
        let result = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = uInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = uInt(output.count)
                return deflate(&stream, place == .last ? Z_FINISH : Z_FULL_FLUSH)
            }
        }
        guard result == (place == .last ? Z_STREAM_END : Z_OK), stream.avail_in == 0 else { return nil }
        data = ByteBuffer(bytes: output.prefix(Int(stream.total_out)))
        checksum = crc32(0, input, uInt(input.count))
        length = input.count
    }

    /// The two pieces as one gzip member.
    static func gzip(_ first: DeflatedText, _ last: DeflatedText) -> ByteBuffer {
        var member = ByteBuffer()
        member.reserveCapacity(first.data.readableBytes + last.data.readableBytes + 18)
        // Deflate, no flags, no time, no extra flags, made on Unix.
        member.writeBytes([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
        member.writeImmutableBuffer(first.data)
        member.writeImmutableBuffer(last.data)
        let checksum = crc32_combine(first.checksum, last.checksum, last.length)
        member.writeInteger(UInt32(truncatingIfNeeded: checksum), endianness: .little)
        member.writeInteger(UInt32(truncatingIfNeeded: first.length + last.length), endianness: .little)
        return member
    }
}
