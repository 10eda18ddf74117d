//! The two ways Discord compresses gateway payloads (Discord: events/gateway, "Compressing Payloads").
//!
//! Lives here: bytes in, bytes out. Which way a connection uses is decided in `socket`.

use std::io::Write;

use flate2::{Compress, Compression, FlushCompress, write::ZlibEncoder};

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
    pub(crate) fn new() -> Self {
        Self { compress: Compress::new(Compression::fast(), true) }
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

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::{Decompress, FlushDecompress, read::ZlibDecoder};

    use super::*;

    #[test]
    fn a_payload_is_a_whole_stream() {
        let bytes = payload("abc").unwrap();
        let mut text = String::new();
        ZlibDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text, "abc");
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
