//! A body of HTTP whose pieces are sent as they are: however many people wait for the same answer, it is there once.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec;

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use crate::transport::answer_cache::Body;

/// A body of known length.
pub(super) struct InPieces {
    pieces: vec::IntoIter<Bytes>,
    left: u64,
}

impl From<Body> for InPieces {
    fn from(body: Body) -> InPieces {
        let pieces = body.into_pieces().into_iter();
        let left = pieces.as_slice().iter().map(|piece| piece.len() as u64).sum();
        InPieces { pieces, left }
    }
}

impl HttpBody for InPieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = self.pieces.next();
        self.left -= piece.as_ref().map_or(0, |piece| piece.len() as u64);
        Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
