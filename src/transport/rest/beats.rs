//! A clock for judging the front's silence: it counts only time in which this process runs.
//!
//! Where a machine is busy, or a container has used up its share of the processor, a process stands still for hundreds of
//! milliseconds. By an ordinary clock each connection's front has then been silent for that long, though its word lies unread in
//! the socket: all of them would be given up at once, their calls sent anew, and connections opened on a machine that is busy
//! already. So time is counted in beats: one that comes late counts once, and at each the connection is read.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::rt::{Sleep, Timer};
use tokio::time::Instant;

/// A beat: a tenth of the shortest silence that is judged.
const BEAT: Duration = Duration::from_millis(50);

/// Gives out waits that are counted in beats.
pub(super) struct Beats;

impl Timer for Beats {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        let beat = duration.min(BEAT);
        Box::pin(Counted { beat: Box::pin(tokio::time::sleep(beat)), left: duration - beat })
    }

    fn sleep_until(&self, deadline: std::time::Instant) -> Pin<Box<dyn Sleep>> {
        self.sleep(deadline.saturating_duration_since(self.now()))
    }

    fn now(&self) -> std::time::Instant {
        Instant::now().into_std()
    }
}

/// A wait.
struct Counted {
    beat: Pin<Box<tokio::time::Sleep>>,
    /// What is left after this beat.
    left: Duration,
}

impl Future for Counted {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        loop {
            ready!(self.beat.as_mut().poll(context));
            let next = self.left.min(BEAT);
            if next.is_zero() {
                return Poll::Ready(());
            }
            self.left -= next;
            self.beat.as_mut().reset(Instant::now() + next);
        }
    }
}

impl Sleep for Counted {}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wait_takes_as_long_as_it_is_told() {
        for millis in [0, 1, 50, 51, 120] {
            let (begun, wait) = (Instant::now(), Duration::from_millis(millis));
            Beats.sleep(wait).await;
            assert!(begun.elapsed() >= wait);
        }
    }

    #[tokio::test]
    async fn time_in_which_nothing_ran_does_not_count() {
        let mut wait = Beats.sleep(Duration::from_millis(200));
        let mut look =
            async || std::future::poll_fn(|context| Poll::Ready(wait.as_mut().poll(context).is_ready())).await;
        assert!(!look().await);
        std::thread::sleep(Duration::from_millis(300));
        // The runtime learns of the time when it waits.
        tokio::task::yield_now().await;
        assert!(!look().await, "one beat of four is over");
    }
}
