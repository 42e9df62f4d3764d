//! Measures logins on the server of the login lab.

use std::sync::Arc;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use super::benching::{GoOn, no_rows};
use super::login_server::{Lease, LoginClient};
use super::{Outbox, job_failed};
use crate::jose::error::Problem;
use crate::lab::{self, Measured, Measurement};
use crate::measure::login::plan::Plan;
use crate::workbench::bench::{BenchInputs, Figures};
use crate::workbench::effect::Event;
use crate::workbench::timing::Progress;

/// Whoever calls it off while the server starts waits no longer than this.
const GLANCE: Duration = Duration::from_millis(8);

/// What was measured; `None` when it was called off before anything was.
pub(super) fn measure(
    inputs: &BenchInputs,
    plan: &Plan,
    login: Option<&LoginClient>,
    outbox: &Outbox,
    go_on: GoOn<'_>,
) -> Result<Option<Figures>, Problem> {
    let Some(lease) = lease(login, go_on)? else { return Ok(None) };
    let measurement = Measurement { plan: plan.clone(), others: Vec::new() };
    let mut step = |so_far: &dyn Fn() -> Measured, share: f64| {
        let elapsed = inputs.length.mul_f64(if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 });
        let figures = figures(inputs, so_far()).map(Arc::new);
        let progress = Some(Progress { elapsed, total: inputs.length });
        outbox.send(Event::Benched { ticket: inputs.ticket, figures, progress });
        go_on()
    };
    let measured = lab::measure(&lease.handle, &measurement, &mut step)?;
    Ok(figures(inputs, measured))
}

/// Waits for the server to listen; `None` when it was called off.
fn lease(login: Option<&LoginClient>, go_on: GoOn<'_>) -> Result<Option<Lease>, Problem> {
    let answers = login.ok_or_else(|| job_failed("login-server"))?.lend();
    loop {
        match answers.recv_timeout(GLANCE) {
            Ok(lease) => return lease.map(Some),
            Err(RecvTimeoutError::Timeout) if go_on() => {}
            Err(RecvTimeoutError::Timeout) => return Ok(None),
            Err(RecvTimeoutError::Disconnected) => return Err(job_failed("login-server")),
        }
    }
}

/// The figures, once there are any.
fn figures(inputs: &BenchInputs, Measured { report, trace }: Measured) -> Option<Figures> {
    if report.rows.is_empty() {
        return None;
    }
    let mut all = no_rows(inputs);
    all.login = Some(report);
    Some(Figures {
        report: all,
        ids: Vec::new(),
        rungs: Vec::new(),
        traces: Vec::new(),
        login: Some(Arc::new(trace)),
        revision: inputs.revision,
    })
}
