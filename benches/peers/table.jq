# The bare table of seats at an instant: jq --argjson asOf MS -r -f table.jq FILE. No check of anything.
.MyEsri.provision as $provision
| [["userType", "userTypes"], ["appBundle", "appBundles"], ["extension", "extensions"], ["app", "apps"]][] as [$kind, $list]
| reduce ($provision[$list] // [])[] as $entry ({};
    .[$entry.id] as $known
    | .[$entry.id] = if $entry.startDate <= $asOf and ($entry.startDate > ($known.startDate // -1)) then $entry else $known end)
| to_entries[]
| [$kind, .key, (.value.maxUsers // 0)]
| @tsv
