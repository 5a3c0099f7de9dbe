//! "Did you mean": the known name that is most like a mistyped one.

/// The known name nearest to `name`, if one is near: at most a third of its letters differ, or only their case.
#[must_use]
pub fn nearest<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let wanted = name.to_lowercase();
    let distances = known.map(|known| (strsim::osa_distance(&wanted, &known.to_lowercase()), known));
    let near = distances.filter(|(distance, known)| *distance <= known.chars().count().max(3) / 3);
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use crate::text::nearest;

    #[test]
    fn only_near_names_are_suggested() {
        let known = ["expiring-soon", "seat-gap", "no-end"];
        assert_eq!(nearest("expirng-soon", known.into_iter()), Some("expiring-soon"));
        assert_eq!(nearest("SEAT-GAP", known.into_iter()), Some("seat-gap"));
        assert_eq!(nearest("capability-window", known.into_iter()), None);
    }
}
