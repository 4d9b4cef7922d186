//! A row being read: its cells by column, and what is wrong with it.

use crate::events::{
    csv::columns::{Column, Header},
    problem::{Problem, Wrong},
    said_when::BadSaid,
};

/// A row being read, and what was found to be wrong with it.
pub(super) struct Row<'a> {
    line: usize,
    cells: &'a [String],
    header: &'a Header,
    pub(super) problems: Vec<Problem>,
}

/// A cell that is not empty, with the name of its column.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
}

impl<'a> Row<'a> {
    pub(super) fn new(line: usize, cells: &'a [String], header: &'a Header) -> Self {
        Self {
            line,
            cells,
            header,
            problems: Vec::new(),
        }
    }

    pub(super) fn cells(&self, column: Column) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let cells = self.cells;
        self.header.places(column).filter_map(move |(at, name)| {
            let text = cells.get(at)?.trim();
            (!text.is_empty()).then_some(Cell { name, text })
        })
    }

    /// All cells of the columns we read.
    pub(super) fn filled(&self) -> Vec<(Cell<'a>, Column)> {
        let known = self.header.all().filter_map(|(at, column, name)| {
            let text = self.cells.get(at)?.trim();
            Some((Cell { name, text }, column))
        });
        known.collect()
    }

    pub(super) fn cell(&self, column: Column) -> Option<Cell<'a>> {
        self.cells(column).next()
    }

    pub(super) fn required(&mut self, column: Column) -> Option<Cell<'a>> {
        let cell = self.cell(column);
        if cell.is_none() {
            let name = self.header.places(column).map(|(_, name)| name).next();
            self.problems.push(Problem::new(self.line, name, Wrong::Missing));
        }
        cell
    }

    /// What the columns contain, one after another.
    pub(super) fn joined(&self, columns: &[Column], between: &str) -> String {
        let texts: Vec<&str> = columns
            .iter()
            .flat_map(|column| self.cells(*column))
            .map(|cell| cell.text)
            .collect();
        texts.join(between)
    }

    pub(super) fn find(&mut self, cell: Cell<'_>, wrong: Wrong) {
        self.problems
            .push(Problem::new(self.line, Some(cell.name), wrong));
    }

    pub(super) fn taken<T>(&mut self, cell: Cell<'_>, read: Result<T, Wrong>) -> Option<T> {
        read.map_err(|wrong| self.find(cell, wrong)).ok()
    }

    pub(super) fn said<T>(
        &mut self,
        column: Column,
        read: impl Fn(&str) -> Result<T, BadSaid>,
    ) -> Option<(Cell<'a>, T)> {
        let cell = self.cell(column)?;
        let taken = self.taken(cell, read(cell.text).map_err(Wrong::Said))?;
        Some((cell, taken))
    }
}
