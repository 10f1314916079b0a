//! Who asks: `Authorization: Bearer <device>.<key>`, the key as 64 hexadecimal digits.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use domain::RecordId;
use wire::Hash;

use super::Peer;
use super::failure::Failure;
use crate::hub::Hub;
use crate::log::Visitor;
use crate::pairing::same;

/// A paired device.
pub(super) struct Paired(pub(super) Visitor);

/// Where a request comes from.
pub(super) struct Whence(pub(super) IpAddr);

impl FromRequestParts<Arc<Hub>> for Whence {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _hub: &Arc<Hub>) -> Result<Self, Failure> {
        let peer = parts.extensions.get::<Peer>();
        Ok(Self(
            peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0),
        ))
    }
}

impl FromRequestParts<Arc<Hub>> for Paired {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, hub: &Arc<Hub>) -> Result<Self, Failure> {
        let told = parts.headers.get(header::AUTHORIZATION);
        let told = told.and_then(|value| value.to_str().ok()).and_then(read);
        let visitor = match told {
            Some((device, key)) => {
                let visitor = hub.log.visitor(device).await?;
                visitor.filter(|visitor| same(&visitor.device.key_hash, &key))
            }
            None => None,
        };
        let visitor = visitor.ok_or_else(Failure::not_paired)?;
        let visited = hub.limits.visit(visitor.device.id, (hub.clock)());
        visited.map_err(Failure::slow_down)?;
        Ok(Self(visitor))
    }
}

/// The device, and the hash of its key.
fn read(told: &str) -> Option<(RecordId, Hash)> {
    let (scheme, token) = told.split_once(' ')?;
    let (device, key) = token.trim().split_once('.')?;
    // A key is written as a hash is: 32 bytes.
    let key: Hash = key.parse().ok()?;
    let bearer = scheme.eq_ignore_ascii_case("bearer");
    bearer.then_some((device.parse().ok()?, Hash::of(key.as_bytes())))
}
