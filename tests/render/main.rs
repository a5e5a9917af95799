//! What gatecheck shows, in every format, from one report that is made by hand.

mod agent;
mod formats;
mod gitlab;
mod hostile;
mod junit;
mod ledger;
mod sample;
mod sarif;
mod summary;
mod views;
