//! The licenses of a site's servers, which the license of an organization on Kubernetes tells besides. They have nothing to
//! do with the capabilities of a portal.

use std::borrow::Cow;
use std::fmt;

use crate::json::{Place, Raw, members};
use crate::license::{Expiration, count, expiration};

members! {
    /// The object under `capabilities`.
    pub(super) ServerLicenses {
        /// The licenses.
        "features" => features: Place<Vec<Place<Feature<'a>>>>,
    }
}

members! {
    /// An element of `features`.
    pub(super) Feature {
        /// `esriServerLicenseAdvanced`; in one published answer it is called `id`.
        "name" => name: Raw<'a>,
        /// What `name` holds elsewhere.
        "id" => id: Raw<'a>,
        /// For people.
        "displayName" => display_name: Raw<'a>,
        /// Epoch milliseconds.
        "expiration" => expiration: Raw<'a>,
        /// A boolean.
        "canExpire" => can_expire: Raw<'a>,
        /// Cores of the site's servers.
        "coreCount" => cores: Raw<'a>,
    }
}

/// A license of the site's servers: told, never compared nor judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerLicense {
    /// `esriServerLicenseAdvanced`.
    pub id: String,
    /// For people.
    pub name: Option<String>,
    /// When it ends.
    pub expiration: Expiration,
    /// Cores, where they are told and not 0.
    pub cores: Option<u64>,
}

impl ServerLicense {
    pub(super) fn all(licenses: &Place<ServerLicenses<'_>>) -> Vec<Self> {
        let features = licenses.here().map_or(&[][..], |licenses| licenses.features.elements());
        let read = |feature: &Feature<'_>| {
            let text = |raw: Raw<'_>| raw.string().filter(|text| !text.is_empty()).map(Cow::into_owned);
            let name = text(feature.display_name);
            let id = text(feature.name).or_else(|| text(feature.id)).or_else(|| name.clone())?;
            let cores = count(feature.cores).value().filter(|cores| *cores > 0);
            Some(Self { id, name, expiration: expiration(feature.expiration, feature.can_expire), cores })
        };
        features.iter().filter_map(Place::here).filter_map(read).collect()
    }
}

/// `ArcGIS GIS Server Advanced (esriServerLicenseAdvanced), 4 cores, ends 2024-10-16T00:00:00Z`.
impl fmt::Display for ServerLicense {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) if *name != self.id => write!(f, "{name} ({})", self.id)?,
            _ => f.write_str(&self.id)?,
        }
        if let Some(cores) = self.cores {
            write!(f, ", {cores} core{}", if cores == 1 { "" } else { "s" })?;
        }
        match self.expiration {
            Expiration::At(end) => write!(f, ", ends {end}"),
            Expiration::Never => f.write_str(", no end stated, perhaps perpetual"),
            Expiration::Unreadable(why) => write!(f, ", whose expiration {why}"),
        }
    }
}
