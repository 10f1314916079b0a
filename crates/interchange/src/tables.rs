//! Tables of any make: CSV, XLSX, ODS, read row by row within bounds.
