//! Makes a session with a portal from the options.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use crate::portal::{Address, Client, Limits, Machine, PortalFailure, Proxy, Session, Trust};
use crate::source::{Failure, FailureCode};

use crate::cli::args::connect::ConnectArgs;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::clock::now;
use crate::cli::io::credentials::read;
use crate::cli::io::interrupt::pause;
use crate::cli::io::messages::Messages;
use crate::cli::io::portal_advice::{address_with_options, trust_with_options, with_options};

impl ConnectArgs {
    /// A session with the portal. It sends nothing yet.
    ///
    /// # Errors
    /// A [`Stop`] where the options contradict each other, or a file that they name cannot be used.
    pub(crate) fn session(&self, messages: &Messages) -> Result<Session, Stop> {
        let address = self.address()?;
        let credentials = self.credentials(&address, messages)?;
        if self.insecure {
            if credentials.is_some() {
                let message = "--insecure sends no credentials to whoever answers, and there are some \
                               (SEATLINE_USERNAME, SEATLINE_TOKEN): unset them, or use --ca-cert instead";
                return Err(Stop::usage(message));
            }
            messages.warning(
                "--insecure: the portal's certificate is NOT checked; anyone between here and there can read the license \
                 file and forge every answer; --ca-cert FILE is the way to trust a portal's own certificate",
            );
        }
        if address.is_plain_http() && self.allow_http {
            messages.warning("--allow-http: everything, passwords included, is sent unencrypted");
        }
        let limits = Limits {
            timeout: Duration::from_secs(self.timeout),
            retries: self.retries,
            max_answer: self.max_answer,
            max_members: self.max_members,
            list_time: Duration::from_secs(self.max_time),
        };
        let proxy = Proxy::choose(&address, &|name| Some(std::env::var_os(name)?.to_string_lossy().into_owned()));
        let proxy = proxy.map_err(|error| Stop::usage(error.to_string()))?;
        let client = Client::new(address, &self.trust(messages)?, limits, proxy, machine());
        let client = match &self.referer {
            Some(referer) => client.and_then(|client| client.with_referer(referer)),
            None => client,
        };
        let client = client.map_err(|error| Stop::usage(trust_with_options(&error)))?;
        Ok(Session::new(client, credentials))
    }

    /// The address of the portal.
    ///
    /// # Errors
    /// A [`Stop`] where the address is missing, or is no address of a portal.
    pub(crate) fn address(&self) -> Result<Address, Stop> {
        let Some(url) = &self.url else {
            return Err(Stop::usage("which portal? --url https://HOST/CONTEXT says it"));
        };
        let org = self.kubernetes.then_some(self.org.as_str());
        let address = Address::parse(url, org, self.allow_http);
        address.map_err(|error| Stop::usage(format!("--url: {}", address_with_options(&error))))
    }

    fn trust(&self, messages: &Messages) -> Result<Trust, Stop> {
        let authorities = self.ca_cert.as_deref().map(|path| read("--ca-cert", path)).transpose()?;
        Ok(Trust { authorities, client: self.identity(messages)?, insecure: self.insecure })
    }
}

/// Exit code 3 where the answer of the portal is wrong, 4 where the portal cannot be reached.
impl From<PortalFailure> for Stop {
    fn from(failure: PortalFailure) -> Self {
        let (exit, code) = match failure.is_answer() {
            true => (Exit::Input, FailureCode::PortalError),
            false => (Exit::Network, FailureCode::Network),
        };
        let message = with_options(&failure);
        Self::new(exit, message.clone()).with_failures([Failure::new(failure.portal, code, message)])
    }
}

/// The clock, the pauses and the random numbers of this machine.
fn machine() -> Machine {
    Machine {
        now: Box::new(now),
        wait: Box::new(pause),
        chance: Box::new(|| {
            // The standard library's only source of random numbers: every hasher state has other keys.
            let bits = u32::try_from(RandomState::new().hash_one(0_u8) >> 32).unwrap_or(u32::MAX);
            f64::from(bits) / f64::from(u32::MAX)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_is_between_0_and_1_and_changes() {
        let chance = machine().chance;
        let all: Vec<_> = (0..20).map(|_| chance()).collect();
        assert!(all.iter().all(|one| (0.0..=1.0).contains(one)));
        assert!(all.windows(2).any(|two| two[0] != two[1]), "{all:?}");
    }
}
