//! The fields of the index and what a match in each is worth.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

/// Changes whenever an index written by an older version can no longer be read.
pub(crate) const FORMAT: u32 = 1;

/// How many text fields there are.
pub(crate) const FIELDS: usize = 4;
/// First words of names.
pub(crate) const LEAD: usize = 0;
/// Names.
pub(crate) const NAME: usize = 1;
/// Organisation, terms, keywords, languages.
pub(crate) const TAGS: usize = 2;
/// Longer texts.
pub(crate) const BODY: usize = 3;

/// What a match in each text field is worth.
pub(crate) const WORTH: [f32; FIELDS] = [3.3, 3.0, 2.0, 1.0];

/// How much a field's length counts (BM25's b): a long text says more by chance.
pub(crate) const LENGTH_COUNTS: [f32; FIELDS] = [0.0, 0.5, 0.3, 0.5];

/// How soon more of the same word stops to matter (BM25's k1).
pub(crate) const SATURATION: f32 = 0.9;

/// The index's fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) text: [Field; FIELDS],
    pub(crate) terms: Field,
    pub(crate) row: Field,
    pub(crate) checked: Field,
    pub(crate) points: Field,
}

/// The tokenizer of all fields: texts come stemmed, with blanks between the terms.
pub(crate) const TOKENIZER: &str = "whitespace";

fn indexed(option: IndexRecordOption, lengths: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default();
    let indexing = indexing.set_tokenizer(TOKENIZER).set_index_option(option);
    TextOptions::default().set_indexing_options(indexing.set_fieldnorms(lengths))
}

/// The schema and its fields. Nothing is stored: SQLite has it all.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder: SchemaBuilder = Schema::builder();
    let counted = || indexed(IndexRecordOption::WithFreqs, true);
    let bare = || indexed(IndexRecordOption::Basic, false);
    let text = [
        builder.add_text_field("lead", bare()),
        builder.add_text_field("name", counted()),
        builder.add_text_field("tags", counted()),
        builder.add_text_field("body", counted()),
    ];
    let terms = builder.add_text_field("terms", bare());
    let row = builder.add_i64_field("row", FAST);
    let checked = builder.add_i64_field("checked", FAST);
    let points = builder.add_u64_field("points", FAST);
    let fields = Fields {
        text,
        terms,
        row,
        checked,
        points,
    };
    (builder.build(), fields)
}
