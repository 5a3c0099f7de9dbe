//! The settings of a stub before it starts.

use std::sync::{Arc, Mutex};

use super::answer::Answer;
use super::certificates::Certificates;
use super::member::Member;
use super::op::Op;
use super::operations::{Settings, Shared};
use super::reply::Envelope;
use super::running::Running;
use super::script::{Script, When};
use super::tls::Tls;
use super::world::World;

/// The administrator of every stub: at first the only member, with the user type `GISProfessionalAdvUT`, which has one
/// seat.
pub(crate) const ADMIN: &str = "portaladmin";
/// The administrator's password. Some of its characters must be encoded in a form.
pub(crate) const PASSWORD: &str = "c0rrect horse+&=%41\"é";

/// The id of the app for signing in with a browser.
pub(crate) const CLIENT_ID: &str = "seatlineapp";

#[must_use]
pub(crate) struct Portal {
    settings: Settings,
    world: World,
    script: Script,
    tls: Tls,
    also_plain: bool,
}

impl Portal {
    /// A portal at `/portal` with a site, one member, [`ADMIN`], and a certificate of an authority of its own.
    pub(crate) fn new() -> Self {
        let mut world = World::default();
        world.put(Member::new(ADMIN, "GISProfessionalAdvUT").administrator());
        world.set_seats("GISProfessionalAdvUT", 1);
        world.tokens.account(ADMIN, PASSWORD);
        let settings = Settings::default();
        Self { settings, world, script: Script::default(), tls: Tls::authority(), also_plain: false }
    }

    /// Adds a member, or replaces the member with the same name.
    pub(crate) fn member(mut self, member: Member) -> Self {
        self.world.put(member);
        self
    }

    pub(crate) fn members(mut self, members: impl IntoIterator<Item = Member>) -> Self {
        members.into_iter().for_each(|member| self.world.put(member));
        self
    }

    /// Adds the accounts that own Esri's content. Lists have them unless the request excludes them, and `total` may
    /// count them even then.
    pub(crate) fn built_in_accounts(mut self, counted: bool) -> Self {
        self.world.add_built_in(counted);
        self
    }

    /// Lists of members show a change only after this time, like an index that lags behind.
    pub(crate) fn lags(mut self, lag: std::time::Duration) -> Self {
        self.world.lag = lag;
        self
    }

    /// A password with which a member signs in.
    pub(crate) fn account(mut self, username: &str, password: &str) -> Self {
        self.world.tokens.account(username, password);
        self
    }

    #[cfg(unix)]
    /// A code that a browser showed to a member.
    pub(crate) fn code(mut self, code: &str, username: &str) -> Self {
        self.world.codes.insert(code.to_owned(), username.to_owned());
        self
    }

    /// The seats of a user type. With fewer seats than members, the user type is over-assigned.
    pub(crate) fn seats(mut self, id: &str, seats: u64) -> Self {
        self.world.set_seats(id, seats);
        self
    }

    /// The path before `/portaladmin` and `/sharing`. It begins with `/` or is empty.
    pub(crate) fn context(mut self, context: &str) -> Self {
        context.clone_into(&mut self.settings.context);
        self
    }

    /// The version in `currentVersion` and in the license's `version`.
    pub(crate) fn version(mut self, version: &str) -> Self {
        version.clone_into(&mut self.settings.version);
        self
    }

    /// The time at which the user types of the license resource expire, in epoch ms.
    pub(crate) fn license_expires(mut self, at: i64) -> Self {
        self.settings.expires = at;
        self
    }

    /// A coming entitlement: id, seats, start in epoch ms.
    pub(crate) fn future_seats(mut self, id: &str, seats: u64, start: i64) -> Self {
        self.settings.future.push((id.to_owned(), seats, start));
        self
    }

    /// ArcGIS Enterprise on Kubernetes, with the default organization.
    pub(crate) fn kubernetes(self) -> Self {
        self.kubernetes_organization("0123456789ABCDEF")
    }

    pub(crate) fn kubernetes_organization(mut self, id: &str) -> Self {
        self.settings.kubernetes = Some(id.to_owned());
        self
    }

    /// A portal without a site: `validateLicense` needs no token, and nobody can sign in.
    pub(crate) fn without_site(mut self) -> Self {
        self.settings.without_site = true;
        self
    }

    /// The shape of the errors of the administrator's directory.
    pub(crate) fn envelope(mut self, envelope: Envelope) -> Self {
        self.settings.envelope = envelope;
        self
    }

    /// Tokens expire after this many uses.
    pub(crate) fn tokens_expire_after(mut self, uses: usize) -> Self {
        self.world.tokens.expire_after(uses);
        self
    }

    /// Resets this many connections, the first ones, before it reads anything from them.
    pub(crate) fn resets_connections(mut self, first: usize) -> Self {
        self.settings.resets_connections = first;
        self
    }

    /// Sends nothing on this many connections, the first ones, not even TLS.
    pub(crate) fn ignores_connections(mut self, first: usize) -> Self {
        self.settings.ignores_connections = first;
        self
    }

    pub(crate) fn tls(mut self, tls: Tls) -> Self {
        self.tls = tls;
        self
    }

    /// Listens on a second port too, without TLS. Credentials that come to this port fail the test.
    pub(crate) fn also_plain(mut self) -> Self {
        self.also_plain = true;
        self
    }

    /// Sets the answer to certain requests. The rule added last is tried first.
    pub(crate) fn script(mut self, op: Op, when: When, answer: Answer) -> Self {
        self.script.add(op, when, answer);
        self
    }

    #[must_use]
    pub(crate) fn start(self) -> Running {
        let shared = Shared {
            settings: self.settings,
            world: Arc::new(Mutex::new(self.world)),
            script: Mutex::new(self.script),
            recorder: Arc::default(),
        };
        Running::start(Arc::new(shared), Certificates::new(&self.tls), self.also_plain)
    }
}
