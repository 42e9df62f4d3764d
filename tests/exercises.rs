//! The exercises: commands in, state out. Each is unsolved at its start, solved by doing what it asks for, and not solved
//! by what comes near.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says why")]

#[path = "common/bench.rs"]
mod bench;

use std::sync::Arc;

use bench::{Bench, NOW, SECRET};
use jwt_workbench::jose::secret::{Secret, SecretEncoding};
use jwt_workbench::measure::login::pattern::{Minting, Pattern};
use jwt_workbench::measure::login::report::{LoginReport, LoginRow, Spread};
use jwt_workbench::measure::report::{Machine, Report, Settings as Asked};
use jwt_workbench::measure::sampler::Sampler;
use jwt_workbench::workbench::bench::{Bench as Kind, Figures};
use jwt_workbench::workbench::command::{
    Answer, BenchCommand, Command, DraftCommand, ExerciseCommand, FileCommand, KeyCommand, LoginCommand, Part,
};
use jwt_workbench::workbench::effect::{Effect, Event};
use jwt_workbench::workbench::exercises::drafts;
use jwt_workbench::workbench::exercises::exercise::{Exercise, Start};
use jwt_workbench::workbench::exercises::form::{Form, Judgement};
use jwt_workbench::workbench::exercises::progress::Mark;
use jwt_workbench::workbench::expiry::Expiry;
use jwt_workbench::workbench::login::Heard;
use jwt_workbench::workbench::page::Page;
use jwt_workbench::workbench::question::Question;
use jwt_workbench::workbench::settings::Settings;
use jwt_workbench::workbench::timing::Progress;

impl Bench {
    fn exercise(&mut self, command: ExerciseCommand) -> &mut Self {
        self.apply(Command::Exercise(command))
    }

    fn type_claims(&mut self, text: &str) -> &mut Self {
        self.apply(Command::Draft(DraftCommand::Type(Part::Claims, text.to_owned())))
    }

    fn is_solved(&self, exercise: Exercise) -> bool {
        self.workbench.has_mark(exercise, Mark::Solved)
    }

    fn done(&self) -> Vec<bool> {
        self.workbench.exercises().outcome().steps.iter().map(|step| step.done).collect()
    }

    fn step(&self, place: usize) -> &str {
        &self.workbench.exercises().outcome().steps[place].text
    }

    fn claims(&self) -> &str {
        self.workbench.draft().text(Part::Claims)
    }

    fn secret(&self) -> (&str, SecretEncoding) {
        let secret = self.workbench.keys().secret();
        (secret.text.as_str().unwrap(), secret.encoding)
    }

    fn judge(&mut self, judgements: [Judgement; 4]) -> &mut Self {
        for (form, judgement) in Form::ALL.into_iter().zip(judgements) {
            self.exercise(ExerciseCommand::Answer(form, judgement));
        }
        self
    }
}

/// A secret that cannot be guessed, unlike that of other tests.
const STRONG: &str = "rhubarb-Lantern!43-quartz*Meridian~velvet^8";

fn strong() -> Command {
    Command::Key(KeyCommand::SetSecret(Secret::from(STRONG.to_owned())))
}

fn begun(exercise: Exercise) -> Bench {
    let mut bench = Bench::new();
    bench.apply(strong());
    bench.exercise(ExerciseCommand::Open).exercise(ExerciseCommand::Start(exercise.into()));
    assert!(bench.workbench.question().is_none());
    assert!(!bench.is_solved(exercise), "{exercise:?} is not solved by beginning it");
    bench
}

/// Types claims and says whether the exercise is solved by them.
#[track_caller]
fn check(exercise: Exercise, claims: &str, solved: bool) {
    let mut bench = begun(exercise);
    if exercise == Exercise::Expiry {
        bench.judge(RIGHT);
    }
    bench.type_claims(claims);
    assert_eq!(bench.is_solved(exercise), solved, "{claims}: {:?}", bench.workbench.exercises().outcome());
}

const RIGHT: [Judgement; 4] = [Judgement::Wrong, Judgement::Questionable, Judgement::Right, Judgement::Wrong];

#[test]
fn nothing_is_solved_by_choosing_or_by_a_draft_of_ones_own() {
    let mut bench = Bench::new();
    bench.exercise(ExerciseCommand::Open);
    assert_eq!(bench.workbench.exercises().chosen(), Some(Exercise::FirstToken));
    for exercise in Exercise::ALL {
        bench.exercise(ExerciseCommand::Choose(exercise));
        assert!(!bench.workbench.exercises().outcome().steps.is_empty());
        assert!(!bench.is_solved(exercise), "{exercise:?}");
        assert!(!bench.workbench.draft().is_unsaved());
    }
}

#[test]
fn the_first_token_needs_a_subject_and_an_expiry() {
    let own = |rest: &str| format!("{{\"sub\":\"ada\"{rest}}}");
    check(Exercise::FirstToken, &own(r#","exp":"{{now+30m}}""#), true);
    check(Exercise::FirstToken, &own(r#","exp":"{{now+2h}}","iat":"{{now}}""#), true);
    check(Exercise::FirstToken, &own(""), false);
    check(Exercise::FirstToken, &own(&format!(r#","exp":{}"#, NOW - 1)), false);
    check(Exercise::FirstToken, &own(r#","exp":"tomorrow""#), false);
    check(Exercise::FirstToken, r#"{"sub":"","exp":"{{now+30m}}"}"#, false);
    check(Exercise::FirstToken, r#"{"sub":7,"exp":"{{now+30m}}"}"#, false);
    check(Exercise::FirstToken, r#"{"sub":"ada","exp":"{{now+30m}}""#, false);
}

#[test]
fn the_first_token_needs_a_secret_that_is_long_enough() {
    let mut bench = begun(Exercise::FirstToken);
    bench.apply(Command::Key(KeyCommand::SetSecret(Secret::from("secret".to_owned()))));
    bench.type_claims(r#"{"sub":"ada","exp":"{{now+30m}}"}"#);
    assert_eq!(bench.done(), [true, true, true, false, false]);
    assert!(bench.step(3).ends_with("it has 6"), "{}", bench.step(3));
    bench.apply(strong());
    assert!(bench.is_solved(Exercise::FirstToken));
}

#[test]
fn thirty_minutes_are_neither_a_text_nor_local_time_nor_thirty_one() {
    let draft = |exp: &str| format!("{{\"sub\":\"user-42\",\"iat\":\"{{{{now}}}}\",\"exp\":{exp}}}");
    check(Exercise::Expiry, &draft("\"{{now+30m}}\""), true);
    check(Exercise::Expiry, &draft("\"{{now+1800s}}\""), true);
    check(Exercise::Expiry, &draft(&(NOW + 1_800).to_string()), true);
    check(Exercise::Expiry, &draft("\"{{now+31m}}\""), false);
    check(Exercise::Expiry, &draft("\"{{now+2h30m}}\""), false);
    check(Exercise::Expiry, &draft(&format!("\"{}\"", NOW + 1_800)), false);
    check(Exercise::Expiry, &draft("\"2026-11-21 18:59:12\""), false);
    check(Exercise::Expiry, &draft(&format!("{}.5", NOW + 1_800)), false);
    check(Exercise::Expiry, &draft(&format!("{}", (NOW + 1_800) * 1_000)), false);
    check(Exercise::Expiry, r#"{"sub":"user-42"}"#, false);
}

#[test]
fn the_forms_are_judged_as_the_rules_judge_them_and_told_all_at_once() {
    let mut bench = begun(Exercise::Expiry);
    bench.exercise(ExerciseCommand::Answer(Form::A, Judgement::Wrong));
    assert!(bench.step(0).contains("1 of 4 so far"), "{}", bench.step(0));
    let almost = [Judgement::Wrong, Judgement::Wrong, Judgement::Right, Judgement::Wrong];
    bench.judge(almost);
    assert!(bench.step(0).contains("3 of 4 agree"), "{}", bench.step(0));
    assert_eq!(bench.workbench.exercises().reason(Form::A), None, "the answer is not given away");
    bench.apply(Command::Draft(DraftCommand::SetExpiry(Expiry::Relative(1_800))));
    assert!(!bench.is_solved(Exercise::Expiry));
    bench.judge(RIGHT);
    assert!(bench.is_solved(Exercise::Expiry));
    let rule = |form| bench.workbench.exercises().reason(form).unwrap().split(':').next().unwrap().to_owned();
    assert_eq!([Form::A, Form::B, Form::D].map(rule), ["T01", "T03", "T09"]);
}

#[test]
fn a_form_that_was_opened_is_no_draft_of_ones_own() {
    let mut bench = Bench::new();
    bench.exercise(ExerciseCommand::Open).exercise(ExerciseCommand::Choose(Exercise::Expiry)).judge(RIGHT);
    for form in Form::ALL {
        bench.exercise(ExerciseCommand::Start(Start { exercise: Exercise::Expiry, form: Some(form) }));
        assert!(bench.claims().contains(form.exp()), "{form:?}");
        assert!(!bench.is_solved(Exercise::Expiry), "{form:?}");
    }
}

#[test]
fn the_minimal_token_is_counted_and_a_claim_more_is_too_much() {
    let target = drafts::minimal_bytes(NOW).unwrap();
    let mut bench = begun(Exercise::Minimal);
    let full = bench.workbench.minted().unwrap().token.len();
    assert!(full > 10 * target, "{full} and {target}");
    assert!(bench.step(2).contains(&format!("at most {target} bytes")), "{}", bench.step(2));
    let sub = "f7c1a1de-3d4b-4e57-9a53-6a1f0f0c2b9e";
    bench.type_claims(&format!(r#"{{"sub":"{sub}","exp":"{{{{now+8h}}}}","iat":"{{{{now}}}}"}}"#));
    assert_eq!(bench.done(), [true, true, false]);
    for near in [r#"{"sub":"x","exp":"{{now+8h}}"}"#.to_owned(), format!(r#"{{"sub":"{sub}"}}"#)] {
        bench.type_claims(&near);
        assert!(!bench.is_solved(Exercise::Minimal), "{near}");
    }
    bench.type_claims(&format!("{{\n  \"sub\": \"{sub}\",\n  \"exp\": \"{{{{now+8h}}}}\"\n}}"));
    assert!(bench.is_solved(Exercise::Minimal));
    assert_eq!(bench.workbench.minted().unwrap().token.len(), target, "the target is exactly what they need");
}

#[test]
fn three_mistakes_go_one_by_one() {
    let mut bench = begun(Exercise::Mistakes);
    for id in ["T01", "P01", "K03"] {
        assert!(bench.workbench.findings().findings.iter().any(|finding| finding.id == id), "{id} is found");
    }
    assert_eq!(bench.done(), [false, false, false, true]);
    for (mended, id) in [(1, "P01"), (2, "K03"), (3, "T01")] {
        assert!(!bench.is_solved(Exercise::Mistakes));
        let finding = bench.workbench.findings().findings.iter().find(|finding| finding.id == id).unwrap().clone();
        bench.apply(Command::Draft(DraftCommand::Fix(Box::new(finding))));
        assert_eq!(bench.done().iter().take(3).filter(|done| **done).count(), mended, "{id}");
        let progress = bench.workbench.exercises().outcome().progress();
        assert_eq!(progress, format!("{mended} of 3 mended"));
    }
    assert!(bench.is_solved(Exercise::Mistakes));
}

#[test]
fn mistakes_are_not_mended_by_breaking_something_else() {
    let claims = |sub: &str, rest: &str| {
        format!(r#"{{"iss":"https://login.example.com","aud":"shop","sub":"{sub}","iat":"{{{{now}}}}"{rest}}}"#)
    };
    let read = Command::Key(KeyCommand::SetSecretEncoding(SecretEncoding::Base64));
    for (text, secret, solved) in [
        (claims("user-42", r#","exp":"{{now+30m}}""#), read.clone(), true),
        (claims("someone", r#","exp":"{{now+30m}}""#), read.clone(), false),
        (claims("user-42", ""), read.clone(), false),
        (claims("user-42", r#","exp":1"#), read.clone(), false),
        (claims("user-42", r#","exp":"{{now+30m}}","note":"tulip-Harbour-93""#), read.clone(), false),
        (claims("user-42", r#","exp":"{{now+30m}}""#), Command::Key(KeyCommand::GenerateSecret), false),
        (claims("user-42", r#","exp":"{{now+30m}}"}}"#), read.clone(), false),
    ] {
        let mut bench = begun(Exercise::Mistakes);
        bench.type_claims(&text).apply(secret.clone());
        assert_eq!(bench.is_solved(Exercise::Mistakes), solved, "{text} {secret:?}");
    }
    let mut muted = begun(Exercise::Mistakes);
    for finding in muted.workbench.findings().findings.clone() {
        muted.apply(Command::Draft(DraftCommand::Mute(Box::new(finding))));
    }
    assert!(!muted.is_solved(Exercise::Mistakes), "what is not looked at is still there");
}

#[test]
fn the_users_secret_comes_back_after_the_exercise() {
    let mut bench = begun(Exercise::Mistakes);
    assert_ne!(bench.secret().0, STRONG);
    assert!(bench.workbench.exercises().has_secret_put_aside());
    bench.exercise(ExerciseCommand::PutSecretBack);
    assert_eq!(bench.secret(), (STRONG, SecretEncoding::Utf8));
    bench.exercise(ExerciseCommand::Start(Exercise::Mistakes.into()));
    bench.exercise(ExerciseCommand::DoIt(Exercise::Mistakes));
    assert!(bench.is_solved(Exercise::Mistakes));
    assert_eq!(bench.secret().1, SecretEncoding::Base64);
    bench.exercise(ExerciseCommand::Start(Exercise::Mistakes.into()));
    bench.apply(Command::File(FileCommand::Answer(Answer::Discard)));
    bench.apply(Command::File(FileCommand::New));
    assert_eq!(bench.secret(), (STRONG, SecretEncoding::Utf8));
    assert!(!bench.workbench.exercises().has_secret_put_aside());
}

#[test]
fn starting_asks_before_it_takes_the_place_of_an_unsaved_draft() {
    let mut bench = Bench::new();
    bench.type_claims(r#"{"mine":1}"#);
    for exercise in Exercise::ALL {
        bench.exercise(ExerciseCommand::Start(exercise.into()));
        assert!(matches!(bench.workbench.question(), Some(Question::Unsaved { .. })));
        bench.apply(Command::File(FileCommand::Answer(Answer::Cancel)));
        assert_eq!((bench.claims(), bench.secret().0), (r#"{"mine":1}"#, SECRET));
    }
    bench.apply(Command::View(jwt_workbench::workbench::command::ViewCommand::Page(Page::Keys)));
    bench.exercise(ExerciseCommand::Start(Exercise::FirstToken.into()));
    bench.apply(Command::File(FileCommand::Answer(Answer::Discard)));
    assert_eq!(bench.claims(), "{\n}");
    assert_eq!(bench.workbench.settings().page, Page::Craft);
}

#[test]
fn every_exercise_can_be_done_for_the_user_and_only_in_its_own_draft() {
    for exercise in Exercise::ALL.into_iter().filter(|exercise| exercise.can_be_done_for_you()) {
        let mut own = Bench::new();
        let before = own.claims().to_owned();
        own.exercise(ExerciseCommand::Open).exercise(ExerciseCommand::DoIt(exercise));
        assert_eq!(own.claims(), before, "{exercise:?} leaves the user's draft alone");
        let mut bench = begun(exercise);
        bench.exercise(ExerciseCommand::DoIt(exercise));
        assert!(bench.is_solved(exercise), "{exercise:?}: {:?}", bench.workbench.exercises().outcome());
        assert!(bench.workbench.draft().history().can_undo());
    }
}

#[test]
fn what_is_solved_stays_so_and_is_remembered() {
    let mut bench = begun(Exercise::FirstToken);
    bench.type_claims(r#"{"sub":"ada","exp":"{{now+30m}}"}"#);
    let saved = bench.left.iter().find_map(|effect| match effect {
        Effect::SaveSettings(settings) => Some(settings.to_text()),
        _ => None,
    });
    let settings = Settings::from_text(&saved.unwrap()).unwrap();
    assert_eq!(settings.exercises, ["first-token"]);
    bench.type_claims("{}");
    assert!(bench.is_solved(Exercise::FirstToken));
    assert!(!bench.workbench.exercises().outcome().is_done(), "the checklist tells how things are");
    bench.exercise(ExerciseCommand::ShowHint(Exercise::Expiry));
    bench.exercise(ExerciseCommand::ShowSolution(Exercise::Expiry));
    assert_eq!(bench.workbench.settings().exercises, ["first-token", "expiry/hint", "expiry/solution"]);
    bench.exercise(ExerciseCommand::ResetProgress);
    assert!(bench.workbench.settings().exercises.is_empty());
}

#[test]
fn nothing_is_noticed_while_the_panel_is_closed() {
    let mut bench = begun(Exercise::FirstToken);
    bench.exercise(ExerciseCommand::Close);
    bench.type_claims(r#"{"sub":"ada","exp":"{{now+30m}}"}"#);
    assert!(!bench.is_solved(Exercise::FirstToken));
    assert!(bench.workbench.notices().list().is_empty());
    bench.exercise(ExerciseCommand::Open);
    assert!(bench.is_solved(Exercise::FirstToken), "opening it looks again");
    assert!(bench.workbench.notices().list().is_empty(), "quietly");
}

/// Figures in which `/ping` has these p99s, in microseconds, on the loop and off it.
fn figures(on: u64, off: u64) -> Arc<Figures> {
    let row = |pattern: Pattern| {
        let p99 = 1_000 * if pattern.minting == Minting::OnLoop { on } else { off };
        LoginRow {
            name: pattern.label().to_owned(),
            pattern: Some(pattern),
            seconds: 3.0,
            asked: 100,
            answered: 100,
            errors: 0,
            requests_per_second: 40.0,
            processing: None,
            cpu: None,
            password: None,
            queue: None,
            stall: None,
            login: None,
            ping: Some(Spread { samples: 600, p50_ns: p99 / 2, p95_ns: p99, p99_ns: p99, max_ns: p99 }),
            body_bytes: None,
            wire_bytes: None,
            token_bytes: None,
            ruling: None,
        }
    };
    let machine = Machine { os: "os".to_owned(), architecture: "arch".to_owned(), processor: None, cores: 1 };
    let mut report = Report::new(&[], &Sampler::of(&[]), 0, machine, Asked::new(3.0, Default::default()));
    report.login = Some(LoginReport { rows: Pattern::ALL.map(row).into(), ..LoginReport::default() });
    let (ids, rungs, traces) = (Vec::new(), Vec::new(), Vec::new());
    Arc::new(Figures { report, ids, rungs, traces, login: None, revision: 0 })
}

impl Bench {
    /// Begins to measure logins on a server that is there; the ticket of the measurement.
    fn measure_logins(&mut self) -> u64 {
        self.apply(Command::Login(LoginCommand::Start));
        let server = self.left.iter().find_map(|effect| match effect {
            Effect::StartLogin { ticket, .. } => Some(*ticket),
            _ => None,
        });
        self.event(Event::LoginServer(Heard::Started {
            ticket: server.unwrap(),
            address: ([127, 0, 0, 1], 4_711).into(),
        }));
        self.apply(Command::Bench(BenchCommand::Measure(Kind::Login)));
        let ticket = self.left.iter().find_map(|effect| match effect {
            Effect::Bench(inputs) => Some(inputs.ticket),
            _ => None,
        });
        ticket.unwrap()
    }
}

#[test]
fn blocking_is_shown_by_figures_that_are_clearly_apart() {
    for (on, off, done) in [
        (40_000, 800, [true, true, true]),
        (2_000, 400, [true, true, true]),
        (1_999, 100, [true, false, true]),
        (40_000, 8_001, [true, true, false]),
        (900, 800, [true, false, false]),
    ] {
        let mut bench = Bench::new();
        bench.exercise(ExerciseCommand::Open).exercise(ExerciseCommand::Choose(Exercise::Blocking));
        assert_eq!(bench.done(), [false; 3]);
        let ticket = bench.measure_logins();
        let total = std::time::Duration::from_secs(12);
        let progress = Some(Progress { elapsed: total / 2, total });
        bench.event(Event::Benched { ticket, figures: Some(figures(on, off)), progress });
        assert_eq!(bench.done(), [false; 3], "half a measurement shows nothing");
        bench.event(Event::Benched { ticket, figures: Some(figures(on, off)), progress: None });
        assert_eq!(bench.done(), done, "{on} and {off} us");
        assert_eq!(bench.is_solved(Exercise::Blocking), done == [true; 3]);
    }
}
