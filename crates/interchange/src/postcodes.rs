//! Postcodes: files that the Ordnance Survey and the ONS publish, made into a small pack that is quick to look into.
