use super::*;

fn text_of(found: Found) -> String {
    String::from_utf8(found.text.unwrap()).unwrap()
}

fn documents(text: &str) -> Result<Vec<(String, u64)>, InterchangeError> {
    let mut documents = Documents::new(text.as_bytes(), &Spot::file("made.json"));
    let mut all = Vec::new();
    while let Some(found) = documents.next(&mut |_| Ok(()))? {
        let line = found.line;
        all.push((text_of(found), line));
    }
    Ok(all)
}

fn texts(text: &str) -> Vec<String> {
    documents(text)
        .unwrap()
        .into_iter()
        .map(|(text, _)| text)
        .collect()
}

#[test]
fn every_shape_of_file_gives_its_documents() {
    assert_eq!(
        texts(r#"{"id":"a]}\"","n":[{}]}"#),
        [r#"{"id":"a]}\"","n":[{}]}"#]
    );
    assert_eq!(texts("[{\"a\":1} , 2,[3]]"), ["{\"a\":1}", "2", "[3]"]);
    assert_eq!(
        texts("{\"a\":1}\n{\"a\":2}\r\n\n"),
        ["{\"a\":1}", "{\"a\":2}"]
    );
    assert_eq!(
        texts(r#"{"total_items":2,"contents":[{"a":1},{"a":2}],"empty":false}"#),
        ["{\"a\":1}", "{\"a\":2}"]
    );
    assert_eq!(texts(r#"{"content":[]}"#), Vec::<String>::new());
    assert_eq!(
        texts(r#"{"id":"1","content":[1]}"#),
        [r#"{"id":"1","content":[1]}"#]
    );
    assert_eq!(texts(r#"{"content":"words"}"#), [r#"{"content":"words"}"#]);
    assert_eq!(texts("  "), Vec::<String>::new());
}

#[test]
fn lines_are_counted_to_where_a_document_begins() {
    let found = documents("[\n {\n\"a\":1},\n\n {\"a\":2}\n]").unwrap();
    assert_eq!(
        found.iter().map(|(_, line)| *line).collect::<Vec<_>>(),
        [2, 5]
    );
    let found = documents("{\n\n\"a\"\n:\n1}").unwrap();
    assert_eq!(found, [("{\n\n\"a\"\n:\n1}".to_owned(), 1)]);
}

#[test]
fn what_is_cut_off_or_wrong_says_where() {
    for (text, said) in [
        (
            "[{\"a\":1},{\"a\"",
            "made.json, line 1: column 14: the file ends inside what begins in line 1",
        ),
        ("[{\"a\":1}", "line 1: column 9: the file ends too early"),
        ("[1 2]", "line 1: column 4: a comma or ] is due"),
        ("[1,]", "line 1: column 4: a value is due here"),
        ("{\"a\" 1}", "line 1: column 6: a colon is due"),
        ("{a:1}", "line 1: column 2: the name of a member"),
        ("<html>", "line 1: column 1: this is not JSON"),
        (
            "{\"contents\":[],\n\"x\":}",
            "line 2: column 5: a value is due here",
        ),
    ] {
        let error = documents(text).unwrap_err().to_string();
        assert!(error.contains(said), "{text}: {error}");
    }
}

#[test]
fn a_huge_document_is_passed_over_and_the_next_one_read() {
    let long = "x".repeat(LONGEST);
    let text = format!("[{{\"a\":\"{long}\"}},{{}}]");
    let mut documents = Documents::new(text.as_bytes(), &Spot::file("made.json"));
    let mut steps = 0;
    let mut tick = |_| {
        steps += 1;
        Ok(())
    };
    assert_eq!(documents.next(&mut tick).unwrap().unwrap().text, None);
    assert_eq!(
        documents.next(&mut tick).unwrap().unwrap().text.unwrap(),
        b"{}"
    );
    assert_eq!(documents.next(&mut tick).unwrap(), None);
    assert!(steps > 100);
}
