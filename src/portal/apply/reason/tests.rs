use super::*;

#[test]
fn the_advice_fits_the_reason() {
    for (reason, expected) in [
        ("There are no seats available for this user type.", "no seat is free there"),
        ("No seats available", "no seat is free there"),
        ("Cannot reassign the user type: no licenses available", "no seat is free there"),
        ("The maximum number of members of this user type is reached", "no seat is free there"),
        ("No seats left for editorUT", "no seat is free there"),
        ("No seat.", "no seat is free there"),
        ("Maximum number of licenses exceeded", "no seat is free there"),
        ("This user type is full.", "no seat is free there"),
        ("Not enough licenses", "no seat is free there"),
        ("User type cannot be assigned to an administrator", "change the role first"),
        ("The role of this member is not compatible with the user type.", "change the role first"),
        ("User has extension licenses assigned.", "take the member's add-on licenses away"),
        ("User type reassignment restriction", "restricts when"),
        ("User 'joe' does not exist or is inaccessible.", "does not know that member any more"),
        ("User type does not exist.", "the portal has no such user type"),
        ("The user type could not be found.", "the portal has no such user type"),
        ("User license type is invalid.", "the portal has no such user type"),
        ("You do not have privileges to perform this operation.", "whoever signs in may not do this"),
        ("User account is disabled.", "enable it"),
        ("The license of this portal has expired.", "has expired"),
        ("License has expired", "has expired"),
        ("The user type has expired.", "no seats of this user type any more"),
        ("User type 'editorUT' is expired", "no seats of this user type any more"),
        ("The licenses for the user type have expired", "no seats of this user type any more"),
        ("License for this user type has already expired.", "no seats of this user type any more"),
        ("User type 'viewerUT' has no available licenses.", "no seat is free there"),
        ("The maximum number of licenses for this user type has been exceeded.", "no seat is free there"),
        ("All licenses of this user type are taken: no user types available", "no seat is free there"),
        ("Insufficient licenses for the user type", "no seat is free there"),
        ("Insufficient privileges to change user type", "whoever signs in may not do this"),
        ("Insufficient permission for user type viewerUT", "whoever signs in may not do this"),
        (
            "You do not have permissions to access this resource or perform this operation.",
            "whoever signs in may not do this",
        ),
        ("You don\u{2019}t have the necessary privileges to give a user type", "whoever signs in may not do this"),
        ("User type viewerUT is not found", "the portal has no such user type"),
        ("Add-on license ArcGIS Pro must be revoked first", "take the member's add-on licenses away"),
        (
            "Unable to assign user type; role 'Administrator' is not compatible with user type 'Viewer'",
            "change the role first",
        ),
        ("Cannot reassign the license to another member until 30 days have passed", "restricts when"),
    ] {
        assert!(advice(reason).is_some_and(|advice| advice.contains(expected)), "{reason}: {:?}", advice(reason));
    }
}

#[test]
fn of_what_is_not_surely_known_no_guess_is_made() {
    for reason in [
        "Something odd.",
        "Unable to update user license type. Unknown error.",
        "Cannot change the user type: user 'joe' not found",
        "Maximum number of members in one request is 100",
        "User type cannot be assigned: no licenses available for the extension it includes",
        "The request could not be completed successfully.",
        "Unable to update the license type of the user. Contact your administrator.",
        "An unexpected error occurred (NullPointerException).",
        "This operation is not available.",
        "Rate limit exceeded, try again later",
        "Benutzer nicht gefunden",
        "Nombre maximal de licences atteint",
        "User is the initial administrator account",
        "Update the roles of group-controlled member first",
        "Member is not licensed for the role Data Editor",
        "Index is read-only: the portal is in a read-only mode",
        "Failed to sync with the directory (timeout exceeded)",
        "A full backup is under way",
        "The user's profile is not fully loaded; the administrator was informed",
        "The role service is unavailable",
        // Each of these has the words of a reason that it does not mean.
        "The user is already assigned to this user type; no more changes",
        "No more than 25 users may be given a user type at once; user type limit",
        "No available user type service: not enough memory",
        "User type cannot be changed: no more than one request at a time",
        "No permission: user type cannot be changed",
        "The member does not have the privileges that the user type needs",
        "The user's role has not enough privileges for this user type",
        "User type reassignment is restricted to administrators",
        "The user's license cannot be changed: the user has items in the recycle bin",
        "User is a member of a group with shared update",
        "Token expired",
        "Could not update: licensing service is unavailable, please try again later",
        "This operation is not supported on a read-only portal; the user type cannot be assigned",
        "User licenses were not updated because the portal license server cannot be reached; license expired check not found",
        "User type can't be changed: the user is an owner of a collaboration",
        "The extension license of the user has expired",
        "No license file was found on this machine",
        "No license is assigned to this user",
        "A user must not have more than 1 license: not enough privileges",
        "Cannot assign user type: insufficient storage credits",
        // Two reasons at once.
        "You do not have privileges to perform this operation, or no seats are available for this user type",
        "",
    ] {
        assert_eq!(advice(reason), None, "{reason}");
    }
}
