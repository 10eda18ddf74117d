//! The page of one server: who acts in it, the key that opens it, the files chosen in it.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::messages::File;
use crate::page::options::{PageOptions, PagePerson};
use crate::person::Person;
use crate::secret::secret;
use crate::state::Shared;

/// Files that were chosen in the page and not sent yet; older ones are forgotten.
const UPLOADS: usize = 20;

/// The page of one server.
pub(crate) struct Page {
    pub(super) shared: Arc<Shared>,
    pub(super) options: PageOptions,
    /// In the order of the options.
    pub(super) people: Vec<Person>,
    /// Opens the page: a random text, known only to who was given the address.
    pub(super) key: String,
    uploads: Mutex<HashMap<u64, File>>,
}

impl Page {
    pub(crate) fn new(shared: Arc<Shared>, options: &PageOptions) -> io::Result<Page> {
        let person = |one: &PagePerson| {
            let roles: Vec<u64> = one.roles.iter().map(|role| role.id).collect();
            let person = Person::new(shared.clone(), &one.name).roles(&roles);
            one.permissions.map_or(person.clone(), |permissions| person.permissions(permissions))
        };
        let people = options.people.iter().map(person).collect();
        if let Some(guild) = shared.options.guilds.first() {
            let mut state = shared.lock();
            for channel in &options.channels {
                state.messages.add_channel(channel.id, Some(*guild), 0, &channel.name);
            }
        }
        Ok(Page { people, options: options.clone(), key: secret()?, uploads: Mutex::default(), shared })
    }

    /// The address with the key.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/_page/?key={}", self.shared.address, self.key)
    }

    pub(super) fn uploads(&self) -> MutexGuard<'_, HashMap<u64, File>> {
        self.uploads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a file until it is sent with a command.
    pub(super) fn keep(&self, file: File) -> u64 {
        let id = self.shared.ids.next();
        let mut uploads = self.uploads();
        while uploads.len() >= UPLOADS {
            // Ids grow with time.
            let Some(oldest) = uploads.keys().min().copied() else { break };
            uploads.remove(&oldest);
        }
        uploads.insert(id, file);
        id
    }
}
