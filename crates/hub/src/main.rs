//! `signpost-hub`: the server. This file alone reads the environment, the clock and the terminal.

fn main() {}
