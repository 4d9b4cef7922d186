//! The columns of the table. Versions of the standard name and order them differently, and municipalities add their
//! own.

use unicode_normalization::UnicodeNormalization;

/// What a column contains, as far as we use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Code,
    Number,
    City,
    Name,
    NameEn,
    FirstDay,
    LastDay,
    Starts,
    Ends,
    About,
    WhenNote,
    Host,
    Access,
    Parking,
    Remark,
    FeeBasic,
    FeeDetail,
    ContactName,
    Phone,
    Extension,
    PlaceName,
    Address,
    AddressMore,
    Latitude,
    Longitude,
    Capacity,
    DeadlineDay,
    DeadlineTime,
    SignUpHow,
    Url,
    Category,
    Audience,
}

/// The names a column goes by, without spaces, brackets and letters in half width, letters in capitals.
const NAMES: [(Column, &[&str]); 32] = [
    (
        Column::Code,
        &[
            "都道府県コード又は市区町村コード",
            "都道府県コードまたは市区町村コード",
            "市区町村コード",
            "全国地方公共団体コード",
        ],
    ),
    (Column::Number, &["NO", "NO.", "ID"]),
    (Column::City, &["市区町村名", "地方公共団体名"]),
    (Column::Name, &["イベント名"]),
    (Column::NameEn, &["イベント名_英語", "イベント名(英語)"]),
    (Column::FirstDay, &["開始日"]),
    (Column::LastDay, &["終了日"]),
    (Column::Starts, &["開始時間", "開始時刻"]),
    (Column::Ends, &["終了時間", "終了時刻"]),
    (Column::About, &["説明"]),
    (Column::WhenNote, &["開始日時特記事項"]),
    (Column::Host, &["主催者"]),
    (Column::Access, &["アクセス方法"]),
    (Column::Parking, &["駐車場情報"]),
    (Column::Remark, &["備考"]),
    (Column::FeeBasic, &["料金(基本)"]),
    (Column::FeeDetail, &["料金(詳細)"]),
    (Column::ContactName, &["連絡先名称"]),
    (Column::Phone, &["連絡先電話番号"]),
    (Column::Extension, &["連絡先内線番号"]),
    (Column::PlaceName, &["場所名称"]),
    (Column::Address, &["住所"]),
    (Column::AddressMore, &["方書"]),
    (Column::Latitude, &["緯度"]),
    (Column::Longitude, &["経度"]),
    (Column::Capacity, &["定員"]),
    (Column::DeadlineDay, &["参加申込終了日"]),
    (Column::DeadlineTime, &["参加申込終了時間", "参加申込終了時刻"]),
    (Column::SignUpHow, &["参加申込方法"]),
    (Column::Url, &["URL"]),
    (Column::Category, &["カテゴリー", "カテゴリ"]),
    (
        Column::Audience,
        &["参加条件", "参加条件_詳細", "参加条件(詳細)", "対象", "対象者"],
    ),
];

/// The first line of a table: which of its columns we use.
pub(super) struct Header {
    /// The position, the column, and its name as the file writes it.
    columns: Vec<(usize, Column, String)>,
}

impl Header {
    /// Reads the names; `None` if one of the two columns that every event needs is missing.
    pub(super) fn read<'a>(names: impl Iterator<Item = &'a str>) -> Option<Self> {
        let columns: Vec<(usize, Column, String)> = names
            .enumerate()
            .filter_map(|(at, name)| Some((at, column(name)?, name.trim().to_owned())))
            .collect();
        let has = |wanted| columns.iter().any(|(_, column, _)| *column == wanted);
        (has(Column::Name) && has(Column::FirstDay)).then_some(Self { columns })
    }

    /// All columns we use, with their positions and names.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, Column, &str)> {
        let columns = self.columns.iter();
        columns.map(|(at, column, name)| (*at, *column, name.as_str()))
    }

    /// The positions of a column, which may occur twice, with its names.
    pub(super) fn places(&self, wanted: Column) -> impl Iterator<Item = (usize, &str)> {
        self.columns
            .iter()
            .filter(move |(_, column, _)| *column == wanted)
            .map(|(at, _, name)| (*at, name.as_str()))
    }
}

fn column(name: &str) -> Option<Column> {
    let plain: String = name
        .nfkc()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect();
    NAMES
        .iter()
        .find(|(_, names)| names.contains(&plain.as_str()))
        .map(|(column, _)| *column)
}
