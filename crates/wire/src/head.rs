//! The head: where the published stream stands, signed.

use domain::RecordId;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::{Hash, PublicKey, hex};

/// Bytes of a head with its signatures at most.
pub const LARGEST_HEAD: usize = 16 * 1024;
/// Signatures of a head at most.
const MOST_SIGNATURES: usize = 4;

/// Where the published stream stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The protocol that it is written in.
    pub protocol: u32,
    /// The oldest protocol whose readers may also write.
    pub min_reader: u32,
    /// The hub.
    pub hub: RecordId,
    /// Grows when the hub is restored from a backup.
    pub epoch: u64,
    /// The last accepted change.
    pub sequence: u64,
    /// H(root before ‖ hashes of the packs published since): names everything up to here.
    pub root: Hash,
    /// The manifest, at `/manifests/<hash>`.
    pub manifest: Hash,
    /// When it was made, RFC 3339, UTC.
    pub made_at: String,
    /// Keys that sign heads from now on: what a reader may believe beside the key that signed this,
    /// so that a key can be changed. The hub's word is what is signed, not the list of signatures.
    #[serde(default)]
    pub keys: Vec<PublicKey>,
    /// Until when it should be believed, RFC 3339, UTC: an older one is stale, not false.
    pub expires_at: String,
}

/// A head with its signatures. The signed bytes travel as they are, so that nothing depends on how
/// JSON is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedHead {
    /// The head as JSON text: what is signed.
    pub head: String,
    /// One or two signatures: two while a key is being changed.
    pub signatures: Vec<Signature>,
}

/// An Ed25519 signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The public key: 64 hexadecimal digits.
    pub key: String,
    /// The signature: 128 hexadecimal digits.
    pub signature: String,
}

/// A key with which a hub signs.
#[derive(Clone)]
pub struct Signer(SigningKey);

impl Signer {
    /// The key of these 32 secret bytes.
    #[must_use]
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The part of it that others know.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        hex::written(self.0.verifying_key().as_bytes())
    }

    /// Signs a text.
    #[must_use]
    pub fn sign(&self, text: &str) -> Signature {
        Signature {
            key: self.public(),
            signature: hex::written(&self.0.sign(text.as_bytes()).to_bytes()),
        }
    }
}

/// The secret is told to nobody.
impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.public())
    }
}

/// Why a head is not to be believed.
#[derive(Debug, thiserror::Error)]
pub enum HeadError {
    /// Something else came, such as a page of a network that wants one to sign in.
    #[error("it is not a head: {0}")]
    NotAHead(#[from] serde_json::Error),
    /// It is larger than a head may be.
    #[error("{size} bytes are too many for a head: {LARGEST_HEAD} at most")]
    TooLarge {
        /// Its bytes.
        size: usize,
    },
    /// None of the keys that are known here signed it.
    #[error("it is signed by none of the keys that are known here")]
    UnknownKey,
    /// It was altered after it was signed.
    #[error("its signature does not fit: it was altered")]
    Altered,
}

impl Head {
    /// Signs it: with two keys while one is being changed.
    ///
    /// # Errors
    /// [`HeadError::NotAHead`] when it can't be written as JSON.
    pub fn sign(&self, signers: &[Signer]) -> Result<SignedHead, HeadError> {
        let head = serde_json::to_string(self)?;
        let signatures = signers.iter().map(|signer| signer.sign(&head)).collect();
        Ok(SignedHead { head, signatures })
    }
}

impl SignedHead {
    /// Reads what came as a head. Nothing of it is to be believed before [`SignedHead::verify`].
    ///
    /// # Errors
    /// [`HeadError::TooLarge`], [`HeadError::NotAHead`].
    pub fn read(bytes: &[u8]) -> Result<Self, HeadError> {
        if bytes.len() > LARGEST_HEAD {
            return Err(HeadError::TooLarge { size: bytes.len() });
        }
        Ok(serde_json::from_slice(bytes)?)
    }

    /// The head, if one of these keys signed it. Signatures by other keys are passed over.
    ///
    /// # Errors
    /// [`HeadError`] when it is not to be believed.
    pub fn verify(&self, keys: &[PublicKey]) -> Result<Head, HeadError> {
        if self.head.len() > LARGEST_HEAD {
            return Err(HeadError::TooLarge {
                size: self.head.len(),
            });
        }
        let first = self.signatures.iter().take(MOST_SIGNATURES);
        if !first.clone().any(|one| keys.contains(&one.key)) {
            return Err(HeadError::UnknownKey);
        }
        if self.signers(keys).is_empty() {
            return Err(HeadError::Altered);
        }
        Ok(serde_json::from_str(&self.head)?)
    }

    /// Those of these keys that signed it. A signature that does not fit is none: anybody on the way
    /// can add one.
    #[must_use]
    pub fn signers(&self, keys: &[PublicKey]) -> Vec<PublicKey> {
        let first = self.signatures.iter().take(MOST_SIGNATURES);
        let fit = first.filter(|one| keys.contains(&one.key) && one.fits(&self.head));
        fit.map(|one| one.key.clone()).collect()
    }
}

impl Signature {
    fn fits(&self, text: &str) -> bool {
        let key = hex::read(&self.key).and_then(|key| VerifyingKey::from_bytes(&key).ok());
        let signature = hex::read(&self.signature);
        key.zip(signature).is_some_and(|(key, signature)| {
            let signature = ed25519_dalek::Signature::from_bytes(&signature);
            key.verify_strict(text.as_bytes(), &signature).is_ok()
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn head() -> Head {
        Head {
            protocol: crate::PROTOCOL,
            min_reader: crate::PROTOCOL,
            hub: RecordId::named("hub"),
            epoch: 1,
            sequence: 7,
            root: Hash::of(b"root"),
            manifest: Hash::of(b"manifest"),
            made_at: "2026-11-22T09:00:00Z".to_owned(),
            keys: Vec::new(),
            expires_at: "2026-11-29T09:00:00Z".to_owned(),
        }
    }

    fn signer(secret: u8) -> Signer {
        Signer::from_secret(&[secret; 32])
    }

    #[test]
    fn a_key_can_be_changed_without_losing_a_reader() {
        let (old, new, other) = (signer(1), signer(2), signer(3));
        let both = head().sign(&[old.clone(), new.clone()]).unwrap();
        for key in [&old, &new] {
            assert_eq!(both.verify(&[key.public()]).unwrap(), head());
        }
        let only_new = head().sign(std::slice::from_ref(&new)).unwrap();
        assert!(matches!(
            only_new.verify(&[old.public()]),
            Err(HeadError::UnknownKey)
        ));
        assert!(matches!(
            both.verify(&[other.public()]),
            Err(HeadError::UnknownKey)
        ));
        assert!(matches!(both.verify(&[]), Err(HeadError::UnknownKey)));
        let mut added = only_new;
        let name_only = Signature {
            key: old.public(),
            ..added.signatures[0].clone()
        };
        added.signatures.push(name_only);
        assert_eq!(added.signers(&[old.public(), new.public()]), [new.public()]);
        assert_eq!(format!("{old:?}"), format!("Signer({})", old.public()));
    }

    #[test]
    fn a_page_to_sign_in_is_no_head() {
        assert!(matches!(
            SignedHead::read(b"<html>"),
            Err(HeadError::NotAHead(_))
        ));
        let long = vec![b' '; LARGEST_HEAD + 1];
        assert!(matches!(
            SignedHead::read(&long),
            Err(HeadError::TooLarge { .. })
        ));
    }

    #[test]
    fn a_signature_by_another_key_under_a_known_name_does_not_fit() {
        let (known, other) = (signer(1), signer(2));
        let mut forged = head().sign(&[other]).unwrap();
        forged.signatures[0].key = known.public();
        assert!(matches!(
            forged.verify(&[known.public()]),
            Err(HeadError::Altered)
        ));
    }

    proptest! {
        #[test]
        fn an_altered_head_is_refused(at in 0_usize..4000, bit in 0_u8..8) {
            let signer = signer(1);
            let mut bytes = serde_json::to_vec(&head().sign(std::slice::from_ref(&signer)).unwrap()).unwrap();
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
            if let Ok(read) = SignedHead::read(&bytes) && let Ok(believed) = read.verify(&[signer.public()]) {
                prop_assert_eq!(believed, head());
            }
        }
    }
}
