//! The ways in which Discord compresses gateway payloads (Discord: events/gateway, "Compressing Payloads").
//!
//! Lives here: bytes in, bytes out. Which way a connection uses is decided in `socket`.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, FlushCompress};

/// Payload compression: one payload as one whole zlib stream.
pub(crate) fn payload(text: &str) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).ok()?;
    encoder.finish().ok()
}

/// Transport compression (`zlib-stream`): one zlib stream over the whole connection, flushed after each payload, so
/// that each ends in `00 00 FF FF`.
#[derive(Debug)]
pub(crate) struct ZlibStream {
    compress: Compress,
}

impl ZlibStream {
    pub(crate) fn new() -> ZlibStream {
        ZlibStream { compress: Compress::new(Compression::fast(), true) }
    }

    /// The bytes of one message. `None` if zlib fails, after which the stream is of no use.
    pub(crate) fn message(&mut self, text: &str) -> Option<Vec<u8>> {
        let mut rest = text.as_bytes();
        let mut out = Vec::with_capacity(rest.len() / 2 + 64);
        loop {
            let before = self.compress.total_in();
            self.compress.compress_vec(rest, &mut out, FlushCompress::Sync).ok()?;
            let taken = usize::try_from(self.compress.total_in() - before).ok()?;
            rest = rest.get(taken..)?;
            // Room left over means that everything, the flush included, has been written.
            if rest.is_empty() && out.len() < out.capacity() {
                return Some(out);
            }
            out.reserve(out.capacity().max(64));
        }
    }
}

/// Transport compression (`zstd-stream`): one Zstandard frame over the whole connection, flushed after each payload.
///
/// The blocks are raw (RFC 8878, "Blocks"): what is to be tested is that a client reads the stream, and on the loopback
/// nothing is won by making it smaller.
#[derive(Debug, Default)]
pub(crate) struct ZstdStream {
    begun: bool,
}

/// Magic number, a descriptor without size, checksum and dictionary, and a window of 1 MiB (RFC 8878, "Frame Header").
const ZSTD_HEADER: [u8; 6] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 10 << 3];
/// A block holds no more (RFC 8878, "Blocks").
const ZSTD_BLOCK: usize = 128 * 1024;

impl ZstdStream {
    /// The bytes of one message.
    pub(crate) fn message(&mut self, text: &str) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len() + 16);
        if !self.begun {
            self.begun = true;
            out.extend(ZSTD_HEADER);
        }
        for block in text.as_bytes().chunks(ZSTD_BLOCK) {
            // Bit 0: the last block of the frame; bits 1 and 2: the type, 0 for raw; the rest: the size, which fits.
            let [low, middle, high, ..] = (block.len() << 3).to_le_bytes();
            out.extend([low, middle, high]);
            out.extend(block);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::ZlibDecoder;
    use flate2::{Decompress, FlushDecompress};

    use super::*;

    #[test]
    fn a_payload_is_a_whole_stream() {
        let bytes = payload("abc").unwrap();
        let mut text = String::new();
        ZlibDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text, "abc");
    }

    #[test]
    fn a_zstd_stream_is_one_frame() {
        let mut stream = ZstdStream::default();
        let texts = ["{}".to_owned(), "x".repeat(300_000), "é".to_owned()];
        let mut bytes: Vec<u8> = texts.iter().flat_map(|text| stream.message(text)).collect();
        // An empty last block ends the frame, so that a decoder of whole frames reads it.
        bytes.extend([1, 0, 0]);
        let mut read = String::new();
        ruzstd::decoding::StreamingDecoder::new(&bytes[..]).unwrap().read_to_string(&mut read).unwrap();
        assert_eq!(read, texts.concat());
    }

    #[test]
    fn messages_share_one_stream_and_end_in_a_flush() {
        let mut stream = ZlibStream::new();
        let mut reader = Decompress::new(true);
        for size in [0, 1, 63, 64, 1_000, 100_000] {
            let text: String =
                (0..size).map(|n: u32| char::from(b'a' + (n.wrapping_mul(2_654_435_761) >> 27) as u8 % 26)).collect();
            let bytes = stream.message(&text).unwrap();
            assert!(bytes.ends_with(&[0, 0, 0xFF, 0xFF]), "{size}");
            let mut out = Vec::with_capacity(text.len() + 64);
            reader.decompress_vec(&bytes, &mut out, FlushDecompress::Sync).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), text);
        }
    }
}
