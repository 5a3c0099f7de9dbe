//! What a portal does with a request: checks the access, reads the form, and carries the operation out.

mod access;
mod license;
mod members;
mod moves;
mod sign_in;
mod versions;

use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::answer::{Answer, Outcome};
use super::forms::Form;
use super::http::Request;
use super::op::Op;
use super::recorder::Recorder;
use super::reply::{Envelope, Reply};
use super::script::Script;
use super::secrets;
use super::server::{Greeting, Service, Verdict};
use super::world::World;

/// The settings that do not change while the stub runs.
pub(crate) struct Settings {
    pub(crate) context: String,
    pub(crate) kubernetes: Option<String>,
    pub(crate) version: String,
    pub(crate) envelope: Envelope,
    pub(crate) without_site: bool,
    pub(crate) expires: i64,
    pub(crate) future: Vec<(String, u64, i64)>,
    pub(crate) resets_connections: usize,
    pub(crate) ignores_connections: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            context: "/portal".to_owned(),
            kubernetes: None,
            version: "11.3".to_owned(),
            envelope: Envelope::Error,
            without_site: false,
            // 2028-06-30T12:00:00Z
            expires: 1_845_979_200_000,
            future: Vec::new(),
            resets_connections: 0,
            ignores_connections: 0,
        }
    }
}

pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) world: Arc<Mutex<World>>,
    pub(crate) script: Mutex<Script>,
    pub(crate) recorder: Arc<Recorder>,
}

/// One of the two ports of a stub.
pub(crate) struct Side {
    pub(crate) name: &'static str,
    /// Whether credentials must never come to this port.
    pub(crate) no_credentials: bool,
    pub(crate) shared: Arc<Shared>,
}

/// A request while an operation is carried out.
struct Call<'a> {
    portal: &'a Shared,
    request: &'a Request,
    form: Form,
    /// The users whom `updateUserLicenseType` refuses.
    unwilling: &'a [String],
}

/// The answer of an operation: JSON, or an error.
type Answered = Result<Value, Reply>;

impl Call<'_> {
    /// A parameter: of a GET in the query, of a POST as text in the form.
    fn parameter(&self, name: &str) -> Option<String> {
        if self.request.method == "POST" { self.form.text(name).map(str::to_owned) } else { self.request.query(name) }
    }

    /// An error in the shape that this operation uses.
    fn error(&self, code: u16, message: &str, details: &[&str]) -> Reply {
        let envelope = if self.request.op.is_admin() { self.portal.settings.envelope } else { Envelope::Error };
        Reply::error(envelope, code, message, details)
    }

    fn carry_out(&self) -> Answered {
        self.allowed()?;
        match self.request.op {
            Op::ValidateLicense => self.validate_license(),
            Op::License => Ok(self.license()),
            Op::FutureLicense => Ok(self.future_license()),
            Op::AdminVersion => Ok(self.admin_version()),
            Op::SharingVersion => Ok(self.sharing_version()),
            Op::GenerateToken => self.generate_token(),
            Op::OAuthToken => self.oauth_token(),
            Op::PortalSelf => self.portal_self(),
            Op::Counts => self.counts(),
            Op::Members => self.members(),
            Op::Member => self.member(),
            Op::UpdateUserLicenseType => self.update_user_license_type(),
            Op::Other | Op::Any => Err(Reply::html(404, "HTTP Status 404")),
        }
    }
}

impl Shared {
    /// Carries the operation out, and returns its answer.
    fn carry_out(&self, request: &Request, unwilling: &[String]) -> Reply {
        if request.op == Op::Other {
            return Reply::html(404, "HTTP Status 404");
        }
        if request.method != request.op.method() {
            return Reply::html(405, "HTTP Status 405");
        }
        let form = match Form::read(request) {
            Ok(form) => form,
            Err(error) => return Reply::html(400, &format!("HTTP Status 400: {error}")),
        };
        let call = Call { portal: self, request, form, unwilling };
        // A POST may have the format in its query too. Without a format the answer is HTML.
        let format = call.parameter("f").or_else(|| request.query("f"));
        let pretty = match format.as_deref() {
            Some("json") => false,
            Some("pjson") => true,
            _ => return Reply::html(200, "ArcGIS Portal Directory"),
        };
        match call.carry_out() {
            Ok(value) if pretty => Reply::json(format!("{value:#}")),
            Ok(value) => Reply::value(&value),
            Err(reply) => reply,
        }
    }

    /// Looks for secrets in the places where none may be.
    fn inspect(&self, request: &Request) {
        let secrets = self.world.lock().unwrap().tokens.secrets();
        for what in secrets::misplaced(request, &secrets) {
            self.recorder.violation(format!("{what} of {} {}", request.method, request.path()));
        }
    }
}

impl Service for Side {
    fn name(&self) -> &'static str {
        self.name
    }

    fn recorder(&self) -> &Recorder {
        &self.shared.recorder
    }

    fn greet(&self, connection: usize) -> Greeting {
        match &self.shared.settings {
            settings if connection <= settings.resets_connections => Greeting::Reset,
            settings if connection <= settings.ignores_connections => Greeting::Silence,
            _ => Greeting::Serve,
        }
    }

    fn answer(&self, mut request: Request) -> Verdict {
        let Settings { context, kubernetes, .. } = &self.shared.settings;
        request.op = Op::at(request.path(), context, kubernetes.as_deref());
        self.shared.recorder.heard(&request);
        self.shared.inspect(&request);
        if self.no_credentials {
            secrets::credentials(&request).into_iter().for_each(|what| self.shared.recorder.violation(what));
        }
        let answer: Answer = self.shared.script.lock().unwrap().next(request.op);
        if let Some(hook) = &answer.before {
            hook(&request);
        }
        let carried_out = answer.carried_out || matches!(answer.outcome, Outcome::Usual);
        let moved = || self.shared.world.lock().unwrap().moved.len();
        let before = moved();
        let usual = carried_out.then(|| self.shared.carry_out(&request, &answer.refuses));
        if request.op == Op::UpdateUserLicenseType {
            self.shared.recorder.attempt(&request, before..moved());
        }
        if let Some(hook) = &answer.after {
            hook(&request);
        }
        match (answer.finish(usual), answer.outcome) {
            (Some(reply), _) => Verdict::Reply(Box::new(reply)),
            (None, Outcome::Reset) => Verdict::Reset,
            (None, _) => Verdict::Close,
        }
    }
}
