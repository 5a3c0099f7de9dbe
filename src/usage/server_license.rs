//! The licenses of a site's servers, which the license resource of a site on Kubernetes has as well. They have nothing
//! to do with the capabilities of a portal.

use std::borrow::Cow;
use std::fmt;

use crate::json::{Place, Raw, members};
use crate::license::{Expiration, count, expiration};

members! {
    /// The object under `capabilities`.
    pub(super) ServerLicenses {
        "features" => features: Place<Vec<Place<Feature<'a>>>>,
    }
}

members! {
    /// An element of `features`.
    pub(super) Feature {
        /// The id, such as `esriServerLicenseAdvanced`; one published answer has it in `id` instead.
        "name" => name: Raw<'a>,
        /// The id, in answers without `name`.
        "id" => id: Raw<'a>,
        "displayName" => display_name: Raw<'a>,
        /// The end of the license, in epoch milliseconds.
        "expiration" => expiration: Raw<'a>,
        "canExpire" => can_expire: Raw<'a>,
        /// The number of cores of the site's servers.
        "coreCount" => cores: Raw<'a>,
    }
}

/// A license of the site's servers. It is shown, and neither compared nor judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerLicense {
    /// The id, such as `esriServerLicenseAdvanced`.
    pub id: String,
    /// The name for people.
    pub name: Option<String>,
    /// When the license ends.
    pub expiration: Expiration,
    /// The number of cores; `None` if it is missing or 0.
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

/// The license in words: `ArcGIS GIS Server Advanced (esriServerLicenseAdvanced), 4 cores, ends 2024-10-16T00:00:00Z`.
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
