//! The command line as people and programs use it, on the built-in directory in folders of its own.

#[cfg(test)]
mod copy;
#[cfg(test)]
mod editing;
#[cfg(test)]
mod meeting;
#[cfg(test)]
mod options;
#[cfg(test)]
mod output;
#[cfg(test)]
mod postcodes;
#[cfg(test)]
mod storage;
