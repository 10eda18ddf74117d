//! Which processes stand in two catalogues as they are, and where: what is known of these need not be made anew.

use crate::catalogue::maps::FastMap;
use crate::catalogue::model::Process;
use crate::catalogue::whole::Catalogue;

/// A catalogue beside the one that it follows. Both have their processes in the order of their files.
#[derive(Debug)]
pub(crate) struct Moved<'c> {
    /// The one before.
    pub(crate) former: &'c Catalogue,
    /// The one that follows it.
    pub(crate) now: &'c Catalogue,
    /// For each process of the one before its place in the other, if it stands there as it was: rising.
    pub(crate) places: Vec<Option<u32>>,
    /// The places of the others before, rising.
    pub(crate) gone: Vec<usize>,
    /// The places of the others now, rising.
    pub(crate) come: Vec<usize>,
}

/// With more than one new process among so many it is cheaper to make everything anew.
const FEW_AMONG: usize = 16;

impl<'c> Moved<'c> {
    /// What moved, if few enough processes are new.
    pub(crate) fn between(former: &'c Catalogue, now: &'c Catalogue) -> Option<Moved<'c>> {
        // Only those read from files are known to share records and to have them in one order.
        former.kept().zip(now.kept())?;
        let shared = |catalogue: &'c Catalogue| catalogue.processes.iter().map(std::ptr::from_ref::<Process>);
        let there: FastMap<*const Process, u32> = shared(now).zip(0..).collect();
        let places: Vec<Option<u32>> = shared(former).map(|record| there.get(&record).copied()).collect();
        let mut stays = vec![false; now.processes.len()];
        for place in places.iter().flatten() {
            stays.get_mut(*place as usize).into_iter().for_each(|stays| *stays = true);
        }
        let gone = places.iter().enumerate().filter(|(_, place)| place.is_none()).map(|(place, _)| place).collect();
        let come: Vec<usize> = stays.iter().enumerate().filter(|(_, stays)| !**stays).map(|(place, _)| place).collect();
        let rises = places.iter().flatten().is_sorted();
        let few = come.len() * FEW_AMONG <= now.processes.len();
        (rises && few).then_some(Moved { former, now, places, gone, come })
    }

    /// The place now of the process that had a place before.
    pub(crate) fn place(&self, before: u32) -> Option<u32> {
        self.places.get(before as usize).copied().flatten()
    }

    /// The processes that are gone.
    pub(crate) fn gone(&self) -> impl Iterator<Item = &'c Process> {
        self.gone.iter().filter_map(|place| self.former.processes.get(*place))
    }

    /// The processes that have come.
    pub(crate) fn come(&self) -> impl Iterator<Item = &'c Process> {
        self.come.iter().filter_map(|place| self.now.processes.get(*place))
    }

    /// An order of the processes before, by a key that says nothing of other processes, as it is now.
    pub(crate) fn order<K: Ord>(&self, before: &[u32], key: impl Fn(&Process) -> K) -> Vec<u32> {
        let mut order: Vec<u32> = before.iter().filter_map(|place| self.place(*place)).collect();
        order.reserve_exact(self.come.len());
        let key = |place: u32| self.now.processes.get(place as usize).map(&key);
        for &place in &self.come {
            let place = place as u32;
            let own = key(place);
            let at = order.partition_point(|other| key(*other) < own);
            order.insert(at, place);
        }
        order
    }
}
