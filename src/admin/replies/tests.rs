//! Every reply that moderators may get, whatever there is to tell.

use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;

use crate::admin::permission::NotPermitted;
use crate::admin::replies::common::{ATTACHED, attached};
use crate::admin::replies::history::{self, Compared};
use crate::admin::replies::notice::notice;
use crate::admin::replies::problems::errors;
use crate::admin::replies::proposal::{self, GivenFile};
use crate::admin::replies::refusal;
use crate::admin::replies::status::status;
use crate::catalogue::{Change, Difference, Files, Hint, Language, Place, Problem, Report, Rule, What};
use crate::language::Voice;
use crate::publishing::{
    Actor, AuditResult, Cause, Changed, CheckedProposal, Findings, Health, Meta, NotChanged, Notice, Record,
    RefusedRevision, RestorePreview, Told, UnwrittenRevision,
};
use crate::reply::{Budget, Embed, Reply, ReplyKind};
use crate::snapshot::{Origin, Snapshot};
use crate::telemetry::Counters;

static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| {
    let (snapshot, _) = Snapshot::build(&Files::built_in(), Vec::new(), Origin::BuiltIn, date(2026, 12, 1));
    snapshot.expect("the built-in catalogue has no errors")
});

/// As many problems of every rule as there may be, each as long as a hostile file makes it.
fn report(text: &str, problems: usize) -> Report {
    let rules = Rule::ALL.iter().cycle().take(problems);
    let problem = |rule: &Rule| {
        let place = Place::of(text, 0..text.len().min(3));
        let file = format!("processes/{text}.toml");
        Problem::new(*rule, &file, Some(place), text.to_owned(), text.to_owned()).hinting(Hint::new("near", text))
    };
    Report { problems: rules.map(problem).collect() }
}

fn difference(text: &str, changes: usize) -> Difference {
    let text = || text.to_owned();
    let change = |number: usize| Change {
        file: format!("processes/{}.toml", text()),
        path: text(),
        what: match number % 4 {
            0 => What::Added(text()),
            1 => What::Removed(text()),
            2 => What::Changed { old: text(), new: text() },
            _ => What::Reordered,
        },
    };
    Difference { changes: (0..changes).map(change).collect() }
}

fn meta(text: &str) -> Meta {
    let actor = Actor::Person { user: u64::MAX.to_string(), name: text.to_owned(), guild: None };
    let process = text.chars().filter(char::is_ascii_alphanumeric).take(60).collect();
    let cause = Cause::Publish { of: process };
    let told = Box::new(Told::of(&difference(text, 20), text));
    Meta {
        number: u64::MAX,
        time: "2026-11-27T10:00:00Z".to_owned(),
        actor,
        cause,
        hash: "0".repeat(64),
        told,
        shipped: None,
    }
}

/// Every reply that moderators may get.
fn replies(voice: Voice<'_>, text: &str, many: usize) -> Vec<Reply> {
    let error = || std::io::Error::other(text.to_owned());
    let (report, difference) = (report(text, many), difference(text, many));
    let meta = meta(text);
    let names: Vec<String> = (0..many).map(|number| format!("{text}{number}")).collect();
    let done = Changed {
        meta: meta.clone(),
        difference: difference.clone(),
        report: report.clone(),
        unwritten: Some(text.to_owned()),
        unreloaded: names.clone(),
        set_aside: Some(text.to_owned()),
        brought_back: Some(text.to_owned()),
    };
    let upload = "0".repeat(32);
    let checked = CheckedProposal {
        file: format!("processes/{text}.toml"),
        reason: crate::publishing::reason(text),
        over: String::new(),
        report: report.clone(),
        snapshot: None,
        difference: difference.clone(),
        base: text.to_owned(),
        publishable: true,
    };
    let previewed = RestorePreview {
        meta: meta.clone(),
        difference: difference.clone(),
        report: report.clone(),
        base: text.to_owned(),
    };
    let revisions: Vec<(u64, Option<Meta>)> =
        (0..many as u64).map(|number| (number, (number % 3 != 0).then(|| meta.clone()))).collect();
    let health = Health {
        revision: Some(meta.clone()),
        report: report.clone(),
        broken: Some(report.clone()),
        refused: Some(RefusedRevision { number: u64::MAX, report: report.clone() }),
        unwritten: Some(UnwrittenRevision { number: u64::MAX, reason: text.to_owned() }),
        set_aside: names,
        log_overwrites: true,
        no_folder: true,
    };
    let (catalogue, base) = (&*SNAPSHOT, "0".repeat(12));
    let file = format!("processes/{text}.toml");
    let given = |entry| GivenFile { path: file.clone(), content: Vec::new(), entry, built_in: true };
    let compared = Compared { old: &meta, new: &meta, difference: &difference };
    let mut replies = vec![
        proposal::changed(voice, "admin-published", &done, true),
        errors(voice, "admin-errors", text, &report),
        refusal::bad_upload(voice, "admin-upload-foreign", u64::MAX),
        refusal::no_number(voice, text),
        proposal::same(catalogue, voice, &file),
        proposal::no_such_file(voice, text),
        proposal::no_face(voice),
        proposal::given(catalogue, voice, given(None)),
        proposal::given(catalogue, voice, given(Some((text.to_owned(), usize::MAX)))),
        proposal::refused_proposal(catalogue, voice, &file, &report),
        proposal::preview(catalogue, voice, &checked, Some(&upload), &base, false),
        proposal::preview(catalogue, voice, &checked, Some(&upload), &base, true),
        proposal::preview(catalogue, voice, &checked, None, &base, false),
        history::restoring(catalogue, voice, &previewed, &base),
        history::compared(catalogue, voice, &compared, &revisions, Some(1)),
        history::first(catalogue, voice, &meta),
        status(voice, &SNAPSHOT, &health, &Counters::default()),
        status(voice, &SNAPSHOT, &Health::default(), &Counters::default()),
    ];
    replies.extend((0..3).map(|page| history::history(catalogue, voice, &revisions, page, Some(1))));
    let refusals = [
        NotChanged::Same,
        NotChanged::NoFolder,
        NotChanged::Errors(report.clone()),
        NotChanged::Overtaken(Some(meta.clone())),
        NotChanged::Diverged,
        NotChanged::Refused { number: u64::MAX, report: Box::new(report.clone()) },
        NotChanged::Unwritable(text.to_owned()),
        NotChanged::ProposalGone,
        NotChanged::NoRevision(u64::MAX),
        NotChanged::NotRecorded(error()),
        NotChanged::Folder(text.to_owned()),
    ];
    for refusal in &refusals {
        let reply = refusal::not_changed(catalogue, voice, refusal);
        replies.push(refusal::look_again(voice, reply, Some(upload.clone()), &base));
        let record = Record::new(&meta.actor, "publish", refusal.result(), None, text).because(refusal.kind());
        let told = Notice { record: record.about(&file, &crate::publishing::reason(text)), findings: None };
        replies.push(notice(catalogue, voice, &told, "verifier"));
    }
    let findings = [None, Some(Findings::Changes(difference)), Some(Findings::Errors(report)), Some(Findings::Mended)];
    for findings in findings {
        let record = Record::new(&meta.actor, "reload", AuditResult::Failed, Some(u64::MAX), text);
        replies.push(notice(catalogue, voice, &Notice { record, findings }, "recharger"));
    }
    replies
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn moderators_replies_fit_a_phone_whatever_there_is_to_tell(
        letter in prop::sample::select(vec!["W", "x y ", "漢", "`", "\n", "*"]), length in 0..700_usize,
        many in prop::sample::select(vec![0, 1, 2, 7, 60]),
    ) {
        let text = letter.repeat(length / letter.len().max(1));
        for language in Language::ALL {
            for reply in replies(SNAPSHOT.messages.voice(language), &text, many) {
                let embed = |embed: &Embed| {
                    let fields = embed.fields().iter().map(|field| field.name.chars().count() + field.value.chars().count());
                    [embed.title(), embed.text(), embed.foot()].map(|text| text.chars().count()).iter().sum::<usize>()
                        + fields.sum::<usize>()
                };
                let count: usize = reply.embeds.iter().map(embed).sum();
                let height = reply.height();
                prop_assert!(count <= Budget::FACE.characters, "{count} characters: {reply:?}");
                prop_assert!(height <= Budget::FACE.height, "{height} px: {reply:?}");
                prop_assert!(reply.content.is_empty() && reply.rows.len() <= 3);
            }
        }
    }
}

#[test]
fn what_moderators_are_told_says_what_it_is() {
    let voice = SNAPSHOT.messages.voice(Language::Fr);
    for kind in [ReplyKind::Answer, ReplyKind::Question, ReplyKind::Refusal] {
        assert!(replies(voice, "x", 2).iter().any(|reply| reply.kind == kind), "{kind:?}");
    }
    assert_eq!(errors(voice, "admin-errors", "x", &report("x", 1)).kind, ReplyKind::Refusal);
    assert_eq!(refusal::refused(voice, NotPermitted::Place).kind, ReplyKind::Refusal);
    assert_eq!(refusal::short(voice, "admin-cancelled").kind, ReplyKind::Answer);
    // What is not in the message is in the file.
    let long = proposal::changed(
        voice,
        "admin-published",
        &Changed {
            meta: meta("x"),
            difference: difference("x", 300),
            report: Report::default(),
            unwritten: None,
            unreloaded: Vec::new(),
            set_aside: None,
            brought_back: None,
        },
        false,
    );
    let text = String::from_utf8(long.files.first().expect("a file").content.clone()).expect("text");
    assert_eq!(text.lines().count(), 300);
}

#[test]
fn reports_of_any_length_are_attached_as_far_as_discord_takes_them() {
    let small = attached("changes.txt", ["a".to_owned(), "b".to_owned()].into_iter());
    assert_eq!(small.content, b"a\nb\n");
    let errors = attached("errors.txt", ["a\n".to_owned(), "b\n".to_owned()].into_iter());
    assert_eq!(errors.content, b"a\n\nb\n");
    let large = attached("errors.txt", (0..100_000).map(|_| "x".repeat(100)));
    assert!(large.content.len() <= ATTACHED + 100);
    let text = String::from_utf8(large.content).expect("text");
    let shown = text.lines().count() - 1;
    assert_eq!(text.lines().last(), Some(format!("… + {}", 100_000 - shown).as_str()));
}
