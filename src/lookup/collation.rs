//! The tables by which names are put in order (Unicode CLDR): of the tailorings, which make 0.9 MB for all languages, the
//! Spanish one alone. French and English have the root's order.

use icu_collator::Collator;
use icu_collator::options::CollatorOptions;
use icu_collator::provider as collation;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_collections::codepointtrie::{CodePointTrie, CodePointTrieHeader, TrieType};
use icu_normalizer::provider as normalization;
use icu_provider::prelude::*;
use zerovec::ZeroVec;

/// The collator of a language; `None` for one that has a tailoring which is not here.
pub(super) fn collator(preferences: CollatorPreferences) -> Option<CollatorBorrowed<'static>> {
    let collator = Collator::try_new_unstable(&Tables, preferences, CollatorOptions::default()).ok()?;
    // Three are ever made.
    Some(Box::leak(Box::new(collator)).as_borrowed())
}

/// Where collators find their tables.
struct Tables;

impl DataProvider<collation::CollationTailoringV1> for Tables {
    fn load(&self, request: DataRequest<'_>) -> Result<DataResponse<collation::CollationTailoringV1>, DataError> {
        let fits = request.id.locale.language.as_str() == "es" && request.id.marker_attributes.is_empty();
        let tailoring = fits.then(spanish).ok_or_else(|| {
            DataErrorKind::IdentifierNotFound.with_req(collation::CollationTailoringV1::INFO, request)
        })??;
        Ok(DataResponse { payload: DataPayload::from_owned(tailoring), metadata: DataResponseMetadata::default() })
    }
}

/// Takes tables from those that come with a crate.
macro_rules! as_compiled {
    ($($marker:path, from $tables:path;)+) => { $(
        impl DataProvider<$marker> for Tables {
            fn load(&self, request: DataRequest<'_>) -> Result<DataResponse<$marker>, DataError> {
                $tables.load(request)
            }
        }
    )+ };
}

as_compiled! {
    collation::CollationDiacriticsV1, from collation::Baked;
    collation::CollationJamoV1, from collation::Baked;
    collation::CollationMetadataV1, from collation::Baked;
    collation::CollationReorderingV1, from collation::Baked;
    collation::CollationRootV1, from collation::Baked;
    collation::CollationSpecialPrimariesV1, from collation::Baked;
    normalization::NormalizerNfdDataV1, from normalization::Baked;
    normalization::NormalizerNfdTablesV1, from normalization::Baked;
}

/// What is Spanish about the Spanish order: "ñ" is a letter after "n" (CLDR: `&N<ñ<<<Ñ`). A test holds this against the
/// table that comes with ICU4X.
fn spanish() -> Result<collation::CollationData<'static>, DataError> {
    /// Letters that are as in the root's order.
    const AS_IN_ROOT: u32 = 0xc0;
    /// Where the block of U+0040 begins among the letters.
    const BLOCK: usize = 64;
    let mut places = [0_u16; BLOCK];
    let mut letters = [AS_IN_ROOT; 2 * BLOCK];
    // U+0040 to U+007F, in which "N" and "n" look at what follows them.
    for (place, block) in places.iter_mut().skip(1).zip([BLOCK as u16]) {
        *place = block;
    }
    for (letter, rule) in
        letters.iter_mut().skip(usize::from(b'N')).step_by(usize::from(b'n' - b'N')).zip([0x06c9, 0xe6c9])
    {
        *letter = rule;
    }
    // With a tilde each has a place of its own, and else that of the root.
    let contexts = [
        0x4500, 0x059c, 0x0030, 0x0303, 0xffff, 0x4602, 0x0586, 0x4500, 0x0505, 0x0030, 0x0303, 0xffff, 0x4602, 0x0505,
    ];
    let header = CodePointTrieHeader {
        high_start: 0x200,
        shifted12_high_start: 1,
        index3_null_offset: 0x7fff,
        data_null_offset: 0,
        null_value: AS_IN_ROOT,
        trie_type: TrieType::Small,
    };
    let (places, letters) = (ZeroVec::alloc_from_slice(&places), ZeroVec::alloc_from_slice(&letters));
    let trie = CodePointTrie::try_new(header, places, letters)
        .map_err(|_| DataError::custom("the Spanish order").with_marker(collation::CollationTailoringV1::INFO))?;
    let contexts = ZeroVec::alloc_from_slice(&contexts);
    Ok(collation::CollationData { trie, ces: ZeroVec::new(), ce32s: ZeroVec::new(), contexts })
}

#[cfg(test)]
mod tests {
    use icu_locale_core::locale;

    use super::*;

    #[test]
    fn the_spanish_table_is_that_of_icu4x() {
        let locale = locale!("es").into();
        let request =
            DataRequest { id: DataIdentifierBorrowed::for_locale(&locale), metadata: DataRequestMetadata::default() };
        let shipped: DataResponse<collation::CollationTailoringV1> =
            collation::Baked.load(request).expect("ICU4X has it");
        assert_eq!(*shipped.payload.get(), spanish().expect("it is a table"));
    }

    #[test]
    fn each_of_our_languages_has_its_order_and_others_have_none() {
        for (language, locale) in [("fr", locale!("fr")), ("en", locale!("en")), ("es", locale!("es"))] {
            assert!(collator(locale.into()).is_some(), "{language}");
        }
        assert!(collator(locale!("sv").into()).is_none(), "a tailoring is not left out in silence");
    }
}
