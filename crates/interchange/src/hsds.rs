//! HSDS and Open Referral UK: what their tables hold, and every version of them in and out.

pub mod entities;
