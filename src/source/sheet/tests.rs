use super::*;

const COLUMNS: Columns = Columns { required: &["kind", "id"], optional: &["from"], others: false };

/// Records as their line and their cells.
type Read = Vec<(u64, Vec<Option<String>>)>;

fn read(text: &str) -> Result<Read, String> {
    let rows = rows(&Source::from_text("plan.csv", text), COLUMNS).map_err(|failure| failure.to_string())?;
    Ok(rows.into_iter().map(|row| (row.line, row.cells)).collect())
}

#[test]
fn columns_stand_in_any_order_and_cells_apart_in_any_of_three_ways() {
    let expected = vec![(2, vec![Some("app".to_owned()), Some("a,b".to_owned()), None])];
    assert_eq!(read("id,Kind\n\"a,b\",app\n").unwrap(), expected);
    assert_eq!(read("from;id;kind\r\n;\"a,b\"; app\r\n;;\r\n\r\n").unwrap(), expected);
    assert_eq!(read("id\tkind\n\"a,b\"\tapp").unwrap(), expected);
    assert_eq!(read("sep=;\nid;kind\na,b;app").unwrap()[0].0, 3);
    assert_eq!(read("#TYPE System.Object\r\nsep=;\r\nid;kind\r\na,b;app").unwrap()[0].0, 4);
    assert_eq!(read("\"id\" \"kind\"\n\"1\" \"a,b\" \"app\"\n").unwrap(), expected, "write.table of R");
    assert_eq!(read("id|kind\n\"a,b\"|app").unwrap(), expected);
    let with_line = |line| vec![(line, expected[0].1.clone())];
    assert_eq!(read("sep=^\r\nid^kind\r\na,b^app").unwrap(), with_line(3));
    assert_eq!(read("sep=\nid,kind\n\"a,b\",app").unwrap(), with_line(3));
    assert_eq!(read("\"id\",\"kind\"\n\"1\",\"a,b\",\"app\"\n").unwrap(), expected, "names of rows, as R writes them");
    assert_eq!(read(",id,kind\n0,\"a,b\",app\n").unwrap(), expected, "an index, as pandas writes it");
    assert_eq!(read("id,kind\n\"a,b\" ,\"app\"\r\n").unwrap(), expected);
    let odd = read("id,kind\n\"a \"\"b\"\"\n,c\",app\n5\" pipe,app").unwrap();
    assert_eq!((odd[0].1[1].as_deref(), odd[1].1[1].as_deref()), (Some("a \"b\"\n,c"), Some("5\" pipe")));
}

#[test]
fn what_is_wrong_is_pointed_at() {
    for (text, message) in [
        ("kind,id,form\n", "plan.csv:1:9: no column is called \"form\" here (did you mean from?)"),
        ("kind\n", "plan.csv:1:1: the first line is to name the columns, kind,id,from, and id is missing"),
        ("kind,id,Kind\n", "plan.csv:1:9: two columns are called kind"),
        ("kind,id\napp,a\napp\n", "plan.csv:3:1: there is 1 cell here, but the first line names 2 columns"),
        ("kind,id\n\napp,\n", "plan.csv:3:5: there is no id in this line"),
        ("kind,id\napp,\"a\napp,b\n", "plan.csv:2:5: a cell begins with a quotation mark here, and none ends it"),
        ("kind,id\n\napp,\"a\napp,\"b\napp,c", "plan.csv:3:5: a cell begins with a quotation mark here"),
        ("", "the first line is to name the columns"),
    ] {
        let found = read(text).unwrap_err();
        assert!(found.contains(message), "{text:?}: {found}");
    }
}
