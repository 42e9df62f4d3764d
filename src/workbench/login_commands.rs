//! What the user asks of the login lab.

use super::Workbench;
use super::command::LoginCommand;
use super::effect::Effect;
use super::login::LoginState;

impl Workbench {
    /// The login lab.
    pub fn login(&self) -> &LoginState {
        &self.login
    }

    pub(super) fn apply_login(&mut self, _command: LoginCommand) -> Vec<Effect> {
        Vec::new()
    }

    pub(super) fn on_login_server(&mut self, _heard: super::login::Heard) -> Vec<Effect> {
        Vec::new()
    }
}
