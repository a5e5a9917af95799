//! What gatecheck shows, in every format, from one report that is made by hand.

mod formats;
mod ledger;
mod sample;
mod views;
