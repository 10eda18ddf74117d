//! What the schedules stand on: where folders are made, who the program runs as, and a machine whose clock can be moved and
//! whose disk can give way.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The user as whom the program runs where the tests run as root: one who owns nothing, and whom folders can be closed to.
const NOBODY: u32 = 65_534;

/// What all schedules share.
pub(super) struct Ground {
    folder: TempDir,
    /// The program, where that user may start it.
    pub(super) program: PathBuf,
    /// The user as whom it runs, if it is not ours.
    pub(super) user: Option<u32>,
    /// What puts a program on a machine that does what it is told ([`Machine`]). Only where the C library lets something be
    /// loaded before it.
    shim: Option<PathBuf>,
}

impl Ground {
    pub(super) fn new() -> Ground {
        let folder = tempfile::tempdir().expect("a folder");
        open(folder.path());
        let is_root = fs::metadata(folder.path()).expect("it is there").uid() == 0;
        let built = Path::new(env!("CARGO_BIN_EXE_rcp-bot"));
        let program = if is_root { folder.path().join("rcp-bot") } else { built.to_owned() };
        if is_root {
            // Where it was built, others may not be let in.
            fs::hard_link(built, &program).or_else(|_| fs::copy(built, &program).map(drop)).expect("copied");
        }
        let shim = cfg!(all(target_os = "linux", target_env = "gnu")).then(|| {
            let shim = folder.path().join("machine.so");
            let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/slow/fault_machine/machine.c");
            // Rust itself links with it.
            let built = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&shim).arg(source).status();
            assert!(built.is_ok_and(|status| status.success()), "the C compiler, with which Rust links, is there");
            shim
        });
        Ground { folder, program, user: is_root.then_some(NOBODY), shim }
    }

    /// A folder for one schedule, in memory where that can be: a killed program leaves the same there, and waits for no disk.
    pub(super) fn room(&self) -> TempDir {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory } else { self.folder.path() };
        let room = tempfile::tempdir_in(parent).expect("a folder");
        open(room.path());
        room
    }

    /// Gives everything in a folder to the program's user.
    pub(super) fn give(&self, place: &Path) {
        let Some(user) = self.user else { return };
        chown(place, Some(user), Some(user)).expect("root may give it away");
        for entry in fs::read_dir(place).into_iter().flatten() {
            let entry = entry.expect("listed").path();
            if entry.is_dir() {
                self.give(&entry);
            } else {
                chown(entry, Some(user), Some(user)).expect("root may give it away");
            }
        }
    }

    /// A machine for a program; what it is told stands at this place.
    pub(super) fn machine(&self, place: PathBuf) -> Option<Machine> {
        let machine = Machine { shim: self.shim.clone()?, place };
        fs::write(&machine.place, [0; 16]).expect("written");
        Some(machine)
    }
}

/// Lets everybody in.
fn open(folder: &Path) {
    fs::set_permissions(folder, Permissions::from_mode(0o755)).expect("it is ours");
}

/// What befalls a program in the middle of a write.
#[derive(Clone, Copy, Debug)]
pub(super) enum Befalls {
    /// Nothing.
    Nothing = 0,
    /// It is killed.
    Kill = 1,
    /// The disk is full, and stays so.
    Full = 2,
    /// It stands still until it is told to go on.
    Still = 3,
}

/// A machine whose clock can be moved, and whose disk can give way in the middle of a write, while a program runs. The time of
/// day is what the program is told, for signatures, the day against which facts are judged, and what it writes down. Its timers
/// go on as before, and the times of files are the kernel's.
pub(super) struct Machine {
    shim: PathBuf,
    place: PathBuf,
}

impl Machine {
    /// What puts a program on it.
    pub(super) fn environment(&self) -> [(&'static str, &Path); 2] {
        [("LD_PRELOAD", &self.shim), ("RCP_TESTS_MACHINE", &self.place)]
    }

    /// Sets its clock so many seconds before ours, at once.
    pub(super) fn set_clock(&self, ahead: i64) {
        self.tell(0, &ahead.to_ne_bytes());
    }

    /// What befalls the program when half of a write to a file is done, after so many that go through whole.
    pub(super) fn befalls(&self, what: Befalls, whole: u32) {
        self.tell(8, &[whole.to_ne_bytes(), (what as u32).to_ne_bytes()].concat());
    }

    fn tell(&self, at: u64, words: &[u8]) {
        use std::os::unix::fs::FileExt;
        // Not one byte shorter in between: programs have it mapped.
        let file = fs::File::options().write(true).open(&self.place).expect("it is there");
        file.write_all_at(words, at).expect("written");
    }
}
