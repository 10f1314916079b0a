//! A newer and an older version at each end, each with words that the other one does not know:
//! nothing is lost, nothing is blocked, and what nobody here knows comes through untouched.

mod desks;
mod device;
mod hubs;
mod other_hub;
mod published;
