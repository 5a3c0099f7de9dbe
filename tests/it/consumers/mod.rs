//! Outputs as their readers take them: terminals, Excel, importers of CSV.

mod excel;
mod links;
mod names;
mod schemas;
mod streams;
mod widths;
