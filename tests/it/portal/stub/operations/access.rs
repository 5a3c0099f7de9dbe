//! Access: which tokens are accepted, where they may stand, and which users may call an operation.

use super::super::op::Op;
use super::super::reply::Reply;
use super::Call;

/// What an operation demands of the user who calls it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wants {
    Nothing,
    SignedIn,
    Administrator,
}

impl Call<'_> {
    fn wants(&self) -> Wants {
        match self.request.op {
            Op::ValidateLicense if self.portal.settings.without_site => Wants::Nothing,
            Op::ValidateLicense | Op::License | Op::FutureLicense | Op::AdminVersion | Op::UpdateUserLicenseType => {
                Wants::Administrator
            }
            Op::Counts | Op::Members | Op::Member => Wants::SignedIn,
            _ => Wants::Nothing,
        }
    }

    /// The token: in the form of a POST, or in a header. The documentation demands that a POST to the administrator's
    /// directory has it in its body.
    /// the documentation demands.
    pub(super) fn token(&self) -> Option<String> {
        let post = self.request.method == "POST";
        let body = if post { self.form.text("token").map(str::to_owned) } else { None };
        let header = || self.request.header("X-Esri-Authorization")?.strip_prefix("Bearer ").map(str::to_owned);
        body.or_else(|| if post && self.request.op.is_admin() { None } else { header() })
            .filter(|token| !token.is_empty())
    }

    /// The user whose token came with the request.
    pub(super) fn user(&self) -> Option<String> {
        let token = self.token()?;
        self.portal.world.lock().unwrap().tokens.check(&token, self.request.header("Referer"))
    }

    /// Whether the request may be carried out.
    pub(super) fn allowed(&self) -> Result<(), Reply> {
        let in_url = ["token", "username", "password"].iter().any(|name| self.request.query(name).is_some());
        if in_url {
            return Err(self.error(400, "Credentials do not belong into a query string.", &[]));
        }
        let wants = self.wants();
        let referer = self.request.header("Referer").is_some_and(|referer| !referer.is_empty());
        if self.request.op == Op::ValidateLicense && wants == Wants::Nothing && !referer {
            return Err(self.error(403, "A request to this operation has a referer.", &[]));
        }
        if wants == Wants::Nothing {
            return Ok(());
        }
        if self.portal.settings.without_site {
            return Err(self.error(500, "The portal site has not been created.", &[]));
        }
        if self.token().is_none() {
            return Err(self.error(499, "Token Required.", &[]));
        }
        let invalid = || {
            self.error(
                498,
                "Invalid Token.",
                &["The token has expired, or was made for another referer than the request's."],
            )
        };
        // The documentation's example of validateLicense has a referer.
        if self.request.op == Op::ValidateLicense && !referer {
            return Err(invalid());
        }
        let user = self.user().ok_or_else(invalid)?;
        let world = self.portal.world.lock().unwrap();
        let administrator = world.member(&user).is_some_and(|member| member.is_administrator());
        if wants == Wants::Administrator && !administrator {
            let message = "You do not have permissions to access this resource or perform this operation.";
            return Err(self.error(403, message, &[]));
        }
        Ok(())
    }
}
