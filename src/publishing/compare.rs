//! What differs between two revisions, by today's rules.

use std::sync::Arc;

use crate::catalogue::Difference;
use crate::snapshot::{Origin, Snapshot};

use crate::publishing::changed::NotChanged;
use crate::publishing::publisher::{Publisher, difference};
use crate::publishing::revision::Meta;
use crate::publishing::store_error::StoreError;

/// What differs between two revisions.
pub struct ComparedRevisions {
    /// Who made the first, when and why.
    pub old: Meta,
    /// Who made the second.
    pub new: Meta,
    /// What has to be done to the first to make it the second.
    pub difference: Difference,
}

/// What differs between two revisions. One that has errors by today's rules cannot be compared.
pub async fn compare(publisher: &Publisher, old: u64, new: u64) -> Result<ComparedRevisions, NotChanged> {
    let ((old, older), (new, newer)) = (load(publisher, old).await?, load(publisher, new).await?);
    let (difference, _) = difference(Arc::new(older), newer).await;
    Ok(ComparedRevisions { old, new, difference })
}

async fn load(publisher: &Publisher, number: u64) -> Result<(Meta, Snapshot), NotChanged> {
    let revision = match publisher.revisions().await?.read(number).await {
        Err(StoreError::Missing(number)) => return Err(NotChanged::NoRevision(number)),
        other => other?,
    };
    let (_, snapshot, report) = publisher.build(revision.files, Vec::new(), Origin::Revision(number)).await;
    snapshot.map(|snapshot| (revision.meta, snapshot)).ok_or(NotChanged::Errors(report))
}
