//! The grid's formulas against the examples that were published with them; and the way back, with
//! which lists on the grid are generated.

use domain::Point;

use crate::postcodes::grid::{
    AIRY, FALSE_EAST, FALSE_NORTH, GRS80, ORIGIN_EAST, TO_OSGB36, angles, cartesian, point,
    unproject,
};

/// Grid reference of a latitude and longitude on OSGB36, radians.
fn project(north: f64, east: f64) -> (f64, f64) {
    let (v, p) = AIRY.radii(north);
    let (sin, cos, t2) = (north.sin(), north.cos(), north.tan().powi(2));
    let eta2 = v / p - 1.0;
    let d = east - ORIGIN_EAST.to_radians();
    let n2 = v / 2.0 * sin * cos;
    let n4 = v / 24.0 * sin * cos.powi(3) * (5.0 - t2 + 9.0 * eta2);
    let n6 = v / 720.0 * sin * cos.powi(5) * (61.0 - 58.0 * t2 + t2 * t2);
    let e1 = v * cos;
    let e3 = v / 6.0 * cos.powi(3) * (v / p - t2);
    let e5 = v / 120.0 * cos.powi(5) * (5.0 - 18.0 * t2 + t2 * t2 + 14.0 * eta2 - 58.0 * t2 * eta2);
    (
        FALSE_EAST + e1 * d + e3 * d.powi(3) + e5 * d.powi(5),
        FALSE_NORTH + AIRY.arc(north) + n2 * d.powi(2) + n4 * d.powi(4) + n6 * d.powi(6),
    )
}

/// Grid reference of a point, in whole metres as lists have it.
pub(super) fn grid_reference(at: Point) -> (f64, f64) {
    let (north, east) = (at.latitude().to_radians(), at.longitude().to_radians());
    let there = TO_OSGB36.apply(cartesian(north, east, &GRS80));
    let (north, east) = angles(there, &AIRY);
    let (easting, northing) = project(north, east);
    (easting.round(), northing.round())
}

fn degrees(d: f64, m: f64, s: f64) -> f64 {
    d + m / 60.0 + s / 3600.0
}

#[test]
fn the_projection_gives_the_published_example() {
    let (north, east) = (degrees(52.0, 39.0, 27.2531), degrees(1.0, 43.0, 4.5177));
    let (e, n) = project(north.to_radians(), east.to_radians());
    assert!((e - 651_409.903).abs() < 0.001, "{e}");
    assert!((n - 313_177.270).abs() < 0.001, "{n}");
    let (back_north, back_east) = unproject(651_409.903, 313_177.270);
    assert!((back_north.to_degrees() - north).abs() < 1e-8);
    assert!((back_east.to_degrees() - east).abs() < 1e-8);
}

#[test]
fn the_transformation_gives_the_published_example() {
    let [x, y, z] = TO_OSGB36.apply([3_790_644.900, -110_149.210, 5_111_482.970]);
    assert!((x - 3_790_269.549).abs() < 0.002, "{x}");
    assert!((y + 110_038.064).abs() < 0.002, "{y}");
    assert!((z - 5_111_050.261).abs() < 0.002, "{z}");
}

#[test]
fn a_grid_reference_is_found_on_the_globe_and_back() {
    // 52°39′28.723″N 1°42′57.787″E by the same seven parameters.
    let known = point(651_409.903, 313_177.270).unwrap();
    assert!((known.latitude() - degrees(52.0, 39.0, 28.723)).abs() < 2e-6);
    assert!((known.longitude() - degrees(1.0, 42.0, 57.787)).abs() < 2e-6);
    for (easting, northing) in [
        (90_000.0, 10_000.0),
        (384_000.0, 398_000.0),
        (460_000.0, 1_200_000.0),
    ] {
        let there = point(easting, northing).unwrap();
        assert_eq!(grid_reference(there), (easting, northing));
    }
    assert_eq!(point(-1.0, 5.0), None);
    assert_eq!(point(f64::NAN, 5.0), None);
}
