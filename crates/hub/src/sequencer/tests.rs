//! What becomes of operations, without any store.
