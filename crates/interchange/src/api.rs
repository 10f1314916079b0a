//! Fetches a directory from a running HSDS or Open Referral UK service: page by page, politely, so that it can be taken up again.
