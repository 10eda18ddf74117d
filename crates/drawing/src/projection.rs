//! From degrees to the plane: Lambert's azimuthal projection for a part of the world, Gall's for the whole.

use std::f32::consts::{FRAC_1_SQRT_2, PI};

use crate::shapes::Degrees;

/// A way to draw the sphere on the plane; y goes to the north, and the sphere's radius is 1.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Projection {
    /// Around a centre, true in area. (J. P. Snyder, "Map Projections: A Working Manual", 1987, page 185.)
    Around(Centre),
    /// The world, with this longitude in degrees in the middle: Gall's stereographic projection, which fills the picture better
    /// than rounder ones, so that small countries are larger. (Snyder, as above, page 108.)
    World(f32),
}

/// A centre, with what is worked out of it once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Centre {
    longitude: f32,
    sine: f32,
    cosine: f32,
}

impl Projection {
    /// Around a point.
    pub(crate) fn around((longitude, latitude): Degrees) -> Projection {
        let (sine, cosine) = latitude.to_radians().sin_cos();
        Projection::Around(Centre { longitude, sine, cosine })
    }

    /// Where a point lies. `turn` is what [`Projection::turn`] says for the ring to which it belongs.
    pub(crate) fn of(&self, (longitude, latitude): Degrees, turn: f32) -> (f32, f32) {
        match self {
            Projection::Around(centre) => {
                let (sine, cosine) = sine_and_cosine(latitude);
                let (east, ahead) = sine_and_cosine(longitude - centre.longitude);
                let near = 1.0 + centre.sine * sine + centre.cosine * cosine * ahead;
                // The point opposite to the centre is everywhere at the rim.
                let scale = (2.0 / near.max(1e-6)).sqrt();
                (scale * cosine * east, scale * (centre.cosine * sine - centre.sine * cosine * ahead))
            }
            Projection::World(middle) => {
                let (x, y) = ((longitude + turn - middle).to_radians(), latitude.to_radians());
                (x * FRAC_1_SQRT_2, (1.0 + FRAC_1_SQRT_2) * (y / 2.0).tan())
            }
        }
    }

    /// By how many degrees a ring must be turned so that it stands whole on the side where its middle lies.
    pub(crate) fn turn(&self, middle_of_ring: f32) -> f32 {
        match self {
            Projection::Around(_) => 0.0,
            Projection::World(middle) => 360.0 * ((middle - middle_of_ring) / 360.0).round(),
        }
    }
}

/// The sine and the cosine of an angle in degrees, to one part in a million: a hundredth of a pixel. Every point of every
/// coast is asked for; this takes a third of the time of the library's, and is the same on every machine.
fn sine_and_cosine(degrees: f32) -> (f32, f32) {
    // Within an eighth of a turn from a quarter, Taylor's series of a few terms are as exact as the type.
    #[expect(clippy::cast_possible_truncation, reason = "angles are of some turns at most")]
    let quarter = (degrees / 90.0 + if degrees < 0.0 { -0.5 } else { 0.5 }) as i16;
    let x = (degrees - f32::from(quarter) * 90.0).to_radians();
    let square = x * x;
    let sine = x * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0)));
    let cosine = 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)));
    match quarter & 3 {
        0 => (sine, cosine),
        1 => (cosine, -sine),
        2 => (-sine, -cosine),
        _ => (-cosine, sine),
    }
}

/// The point of the sphere that lies at a place of the plane around a centre.
pub(crate) fn back(centre: Degrees, (x, y): (f32, f32)) -> Degrees {
    let distance = x.hypot(y);
    if distance < 1e-6 {
        return centre;
    }
    let angle = 2.0 * (distance / 2.0).min(1.0).asin();
    let ((sine, cosine), (sin_centre, cos_centre)) = (angle.sin_cos(), centre.1.to_radians().sin_cos());
    let latitude = (cosine * sin_centre + y * sine * cos_centre / distance).clamp(-1.0, 1.0).asin();
    let longitude = (x * sine).atan2(distance * cos_centre * cosine - y * sin_centre * sine);
    (wrapped(centre.0 + longitude.to_degrees()), latitude.to_degrees())
}

/// The angle between two points as seen from the sphere's centre, in radians.
pub(crate) fn apart(one: Degrees, other: Degrees) -> f32 {
    let ((s1, c1), (s2, c2)) = (one.1.to_radians().sin_cos(), other.1.to_radians().sin_cos());
    (s1 * s2 + c1 * c2 * (one.0 - other.0).to_radians().cos()).clamp(-1.0, 1.0).acos()
}

/// The point in the middle of several on the sphere, if they are not all around it.
pub(crate) fn middle(points: &[Degrees]) -> Option<Degrees> {
    let sum = points.iter().fold((0.0, 0.0, 0.0), |(x, y, z), &(longitude, latitude)| {
        let ((east, ahead), (sine, cosine)) = (longitude.to_radians().sin_cos(), latitude.to_radians().sin_cos());
        (x + cosine * ahead, y + cosine * east, z + sine)
    });
    let flat = f32::hypot(sum.0, sum.1);
    (flat.hypot(sum.2) > 1e-3).then(|| (sum.1.atan2(sum.0).to_degrees(), sum.2.atan2(flat).to_degrees()))
}

/// A longitude between -180 and 180.
pub(crate) fn wrapped(longitude: f32) -> f32 {
    (longitude + 180.0).rem_euclid(360.0) - 180.0
}

/// As far from the centre as a part of the world may reach, in radians: beyond, countries lie too flat to be known.
pub(crate) const FARTHEST: f32 = PI * 0.42;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sines_and_cosines_are_those_of_the_library() {
        for hundredth in -54_000..54_000_i32 {
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let degrees = hundredth as f32 / 100.0;
            let ((sine, cosine), (s, c)) = (sine_and_cosine(degrees), f64::from(degrees).to_radians().sin_cos());
            let (sine, cosine) = ((f64::from(sine) - s).abs(), (f64::from(cosine) - c).abs());
            assert!(sine < 1e-6 && cosine < 1e-6, "{degrees}: {sine}, {cosine}");
        }
    }

    #[test]
    fn a_point_comes_back_from_the_plane() {
        for centre in [(0.0, 0.0), (20.0, 50.0), (175.0, -12.0), (-90.0, 15.0)] {
            for point in [(10.0, 40.0), (-170.0, -20.0), (30.0, -5.0), (-60.0, 12.0)] {
                let place = Projection::around(centre).of(point, 0.0);
                let (x, y) = back(centre, place);
                assert!(apart((x, y), point) < 1e-2, "{centre:?} {point:?}: {x}, {y}");
            }
        }
    }

    #[test]
    fn the_world_stands_upright_and_rings_stay_whole() {
        let world = Projection::World(11.0);
        assert!(world.of((11.0, 0.0), 0.0).0.abs() < 1e-6);
        assert!(world.of((11.0, 60.0), 0.0).1 > world.of((11.0, 50.0), 0.0).1);
        assert_eq!(world.turn(-175.0), 360.0);
        assert_eq!(world.turn(100.0), 0.0);
    }
}
