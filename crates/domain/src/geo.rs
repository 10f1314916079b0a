//! Points on the ground and the distance between them.

use serde::{Deserialize, Serialize};

/// A point in degrees (WGS 84), checked to be on the globe.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "RawPoint")]
pub struct Point {
    latitude: f64,
    longitude: f64,
}

#[derive(Deserialize)]
struct RawPoint {
    latitude: f64,
    longitude: f64,
}

/// Latitude is not within ±90 or longitude not within ±180 degrees.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error("{latitude}, {longitude} is not a point: latitude lies within ±90, longitude within ±180")]
pub struct BadPoint {
    /// Latitude as given, degrees.
    pub latitude: f64,
    /// Longitude as given, degrees.
    pub longitude: f64,
}

impl TryFrom<RawPoint> for Point {
    type Error = BadPoint;

    fn try_from(raw: RawPoint) -> Result<Self, BadPoint> {
        Self::new(raw.latitude, raw.longitude)
    }
}

/// Mean radius of the earth in kilometres (IUGG).
const EARTH_RADIUS_KM: f64 = 6371.0088;

impl Point {
    /// A point from degrees.
    ///
    /// # Errors
    /// [`BadPoint`] when it is off the globe or not a number.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, BadPoint> {
        if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 {
            Ok(Self {
                latitude,
                longitude,
            })
        } else {
            Err(BadPoint {
                latitude,
                longitude,
            })
        }
    }

    /// Degrees north.
    #[must_use]
    pub fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east.
    #[must_use]
    pub fn longitude(self) -> f64 {
        self.longitude
    }

    /// Great-circle distance in kilometres (haversine).
    #[must_use]
    pub fn distance_km(self, other: Self) -> f64 {
        let (from, to) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_north = ((to - from) / 2.0).sin();
        let half_east = ((other.longitude - self.longitude).to_radians() / 2.0).sin();
        let chord = half_north.mul_add(half_north, from.cos() * to.cos() * half_east * half_east);
        2.0 * EARTH_RADIUS_KM * chord.sqrt().min(1.0).asin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manchester_to_london_is_about_262_km() {
        let manchester = Point::new(53.4794, -2.2453).unwrap();
        let london = Point::new(51.5074, -0.1278).unwrap();
        assert!((manchester.distance_km(london) - 262.0).abs() < 2.0);
        assert!(manchester.distance_km(manchester) < 1e-9);
    }

    #[test]
    fn off_the_globe_is_refused() {
        assert!(Point::new(100.0, 101.0).is_err());
        assert!(Point::new(f64::NAN, 0.0).is_err());
        assert!(serde_json::from_str::<Point>(r#"{"latitude":91,"longitude":0}"#).is_err());
    }
}
