//! Tables of figures, and where they are put.

use std::fmt::Write as _;
use std::fs;

/// The file with the tables. Each stands between `<!-- costs: part -->` and `<!-- end -->`.
const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/README.md");

/// The end of a table's place.
const END: &str = "<!-- end -->";

/// A table.
pub struct Table {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table with these heads.
    pub fn new<H: ToString>(heads: &[H]) -> Table {
        Table { heads: heads.iter().map(H::to_string).collect(), rows: Vec::new() }
    }

    /// A table of what is measured in pairs.
    pub fn of_pairs() -> Table {
        Table::new(&["what", "rcp-bot", "floor", "ratio", "wanted"])
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Adds a row of what has no floor.
    pub fn alone(&mut self, what: &str, ours: String, wanted: &str) {
        self.row([what.to_owned(), ours, "–".to_owned(), "–".to_owned(), wanted.to_owned()]);
    }

    /// Adds a row of the medians of both sides and of the pairs' ratios.
    pub fn pairs(&mut self, what: &str, pairs: &[[f64; 2]], unit: &str, wanted: &str) {
        let side = |side: usize| median(pairs.iter().map(|pair| pair[side]).collect());
        let ratio = median(pairs.iter().map(|[ours, floor]| ours / floor).collect());
        let [ours, floor] = [0, 1].map(|place| format!("{}{unit}", written(side(place))));
        self.row([what.to_owned(), ours, floor, format!("{ratio:.3}"), wanted.to_owned()]);
    }

    /// The table in Markdown.
    fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |cells: &[String]| writeln!(text, "| {} |", cells.join(" | ")).expect("a string takes all");
        line(&self.heads);
        line(&vec!["---".to_owned(); self.heads.len()]);
        self.rows.iter().for_each(|row| line(row));
        text
    }

    /// Prints the table.
    pub fn print(&self) {
        println!("{}", self.text());
    }

    /// Prints the table and puts it into its place in `benches/README.md`.
    pub fn publish(&self, part: &str) {
        let text = self.text();
        println!("\n{part}\n");
        self.print();
        let readme = fs::read_to_string(README).expect("benches/README.md");
        let begin = format!("<!-- costs: {part} -->");
        let place = readme.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
        let (before, after) = place.unwrap_or_else(|| panic!("benches/README.md has no place for {part}"));
        fs::write(README, format!("{before}{begin}\n{text}{END}{after}")).expect("benches/README.md is written");
    }
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A number with its thousands apart; small ones with a decimal.
pub fn written(number: f64) -> String {
    if number < 100.0 {
        return format!("{number:.1}");
    }
    let digits = format!("{number:.0}");
    let first = digits.len() % 3;
    let groups = (0..=digits.len() / 3).map(|group| &digits[(first + 3 * group).saturating_sub(3)..first + 3 * group]);
    groups.filter(|group| !group.is_empty()).collect::<Vec<_>>().join(",")
}
