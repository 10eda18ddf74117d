//! Random schedules of what operators, moderators and machines do to the real program, two replicas over one log of revisions.
//! After each schedule one invariant is checked: every accepted change and every operator's edit is served, kept in a revision,
//! or put aside and named; nothing is half; answers go on.
//!
//! What happens, and how: see [`world::STEPS`]. A disk is full by a limit on how long a file may become (`RLIMIT_FSIZE`), which
//! holds for root too, can be set and lifted while the program runs, and cuts a write in the middle as a full disk does; new
//! empty files can still be made. A folder is closed by its mode, which means something because the program runs as a user who
//! owns nothing else where the tests run as root. What is loaded before the C library (`machine.c`) moves the clock, and kills
//! the program or fills its disk when half of a write is done, whichever write is meant: counted, not timed. The log's reader
//! is a process that is killed. While something is published, somebody reads the folders again and again and sees
//! every file whole; a kill at the moment when a file begins to change finds it whole afterwards. In one schedule of four the
//! first replica answers over the gateway of a Discord of its own, the other over HTTP as always. What operators delete stays
//! deleted, is accepted, or the folder without it is put aside and named. What moderators had checked can be published after any
//! number of restarts, at either replica. No folder becomes a revision that is a mixture of others, such as a restore that broke
//! off leaves. A store is S3's protocol as far as the program speaks it, behind a network with weather, or a folder that is moved
//! away.
//!
//! - `RCP_FAULT_SCHEDULES`: how many schedules run ([`SCHEDULES`] without it), one seed after the other;
//! - `RCP_FAULT_SEED`: the first seed ([`FIRST`] without it); without `RCP_FAULT_SCHEDULES` that one alone, and each step is
//!   told. A failing schedule prints its seed and what happened in it. Chance decides what happens and when; what the processes
//!   make of it is theirs, so that a seed may have to be run a few times;
//! - `RCP_FAULT_AT_ONCE`: how many run at the same time ([`AT_ONCE`] without it).

mod ground;
mod replica;
mod world;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use local_discord::{LocalDiscord, Options};

use crate::support::bot::DEADLINE;
use crate::support::http::setup;
use crate::support::tell;
use ground::Ground;
use replica::moderated;
use world::World;

/// How many schedules run where nothing else is said.
const SCHEDULES: u64 = 20;

/// How many run at the same time where nothing else is said: most of one is waiting.
const AT_ONCE: u64 = 4;

/// How many schedules one local Discord sees: it remembers every request.
const PER_DISCORD: u64 = 20;

/// How many things happen in a schedule.
const STEPS: u64 = 10;

/// After how many schedules a long run says how far it came.
const TOLD_EACH: u64 = 50;

/// After how many failing schedules no other begins.
const ENOUGH: usize = 5;

/// Chance that can be had again: SplitMix64, by Guy Steele, Doug Lea and Christine Flood (2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % most
    }

    fn one_in(&mut self, most: u64) -> bool {
        self.below(most) == 0
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).expect("small")]
    }
}

/// A local Discord in which the commands are registered.
async fn discord() -> LocalDiscord {
    let options = Options { response_limit: DEADLINE, patience: DEADLINE, ..Options::default() };
    let discord = LocalDiscord::start(options).await.expect("a port can be opened");
    let registered = moderated(setup(&discord, "register")).finish().await;
    assert_eq!(registered.code, Some(0), "{}", registered.stderr);
    discord
}

/// What all workers share.
struct Run {
    ground: Arc<Ground>,
    first: u64,
    schedules: u64,
    begun: AtomicU64,
    tells: bool,
    happened: Mutex<BTreeMap<&'static str, u64>>,
    failed: Mutex<Vec<u64>>,
}

/// The first seed where none is given: the same in every run of the tests, so that nobody's change is held up by what a chance
/// of the day brings to light. Long runs are given seeds of their own.
const FIRST: u64 = 1_000;

impl Run {
    fn failed(&self) -> Vec<u64> {
        self.failed.lock().expect("not poisoned").clone()
    }

    /// One schedule; `happened` gets each step as it happens.
    async fn schedule(&self, discord: &LocalDiscord, seed: u64, happened: &Mutex<Vec<String>>) {
        let mut chance = Chance(seed);
        let mut world = World::new(discord, &self.ground, &mut chance).await;
        world.look().await;
        for step in 0..STEPS {
            let (what, told) = world.step(discord, &mut chance, step).await;
            *self.happened.lock().expect("not poisoned").entry(what).or_insert(0) += 1;
            if self.tells {
                tell(&told);
            }
            happened.lock().expect("not poisoned").push(told);
        }
        world.settle(discord).await;
    }

    async fn work(self: Arc<Self>) {
        let mut discord_now = Arc::new(discord().await);
        for done in 1.. {
            let number = self.begun.fetch_add(1, Ordering::Relaxed);
            if number >= self.schedules || self.failed().len() >= ENOUGH {
                return;
            }
            // A long run that is stopped before its end says how far it came.
            if number > 0 && number.is_multiple_of(TOLD_EACH) {
                tell(&format!("{number} schedules begun, {} failed", self.failed().len()));
            }
            if done % PER_DISCORD == 0 {
                discord_now = Arc::new(discord().await);
            }
            let (run, discord, seed) = (Arc::clone(&self), Arc::clone(&discord_now), self.first + number);
            // One of its own, so that the others go on.
            let happened = Arc::new(Mutex::new(Vec::new()));
            let happening = Arc::clone(&happened);
            if tokio::spawn(async move { run.schedule(&discord, seed, &happening).await }).await.is_err() {
                let steps = happened.lock().expect("not poisoned").join("\n");
                tell(&format!("the schedule that failed: RCP_FAULT_SEED={seed}\n{steps}"));
                self.failed.lock().expect("not poisoned").push(seed);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_befalls_it_nothing_is_lost_and_nothing_is_half() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let (seed, schedules) = (number("RCP_FAULT_SEED"), number("RCP_FAULT_SCHEDULES"));
    let run = Arc::new(Run {
        ground: Arc::new(Ground::new()),
        first: seed.unwrap_or(FIRST),
        schedules: schedules.unwrap_or(if seed.is_some() { 1 } else { SCHEDULES }),
        begun: AtomicU64::new(0),
        tells: seed.is_some() && schedules.is_none(),
        happened: Mutex::default(),
        failed: Mutex::default(),
    });
    let at_once = number("RCP_FAULT_AT_ONCE").unwrap_or(AT_ONCE).min(run.schedules);
    let workers = (0..at_once).map(|_| tokio::spawn(Arc::clone(&run).work()));
    for worker in futures::future::join_all(workers).await {
        worker.expect("a worker only waits");
    }
    let happened = run.happened.lock().expect("not poisoned").clone();
    tell(&format!("{} schedules from RCP_FAULT_SEED={}: {happened:?}", run.schedules, run.first));
    assert_eq!(run.failed(), [0_u64; 0], "these seeds failed");
}

/// More writes than publishing a file takes.
const MOST_WRITES: u32 = 20;

#[tokio::test(flavor = "multi_thread")]
async fn what_an_operator_does_to_a_file_in_the_middle_of_any_write_of_its_publication_is_not_lost() {
    let (ground, discord) = (Arc::new(Ground::new()), discord().await);
    let mut world = World::new(&discord, &ground, &mut Chance(FIRST)).await;
    for whole in 0..MOST_WRITES {
        let mut done = false;
        for deletes in [false, true] {
            let mark = format!("mark{whole}x{deletes}");
            done |= world.publish_as_it_changes(&discord, 0, ("p1", &mark), (whole, deletes, DEADLINE)).await;
            world.holds(0, "p1", &mark);
            world.reload(0).await;
        }
        if !done {
            // At least: whether the folder can be written, the record, the note, the file, the record.
            assert!(whole >= 5 || !world.can_be_still(0), "it wrote {whole} times and was never still");
            world.end().await;
            return;
        }
    }
    panic!("it writes without end");
}
