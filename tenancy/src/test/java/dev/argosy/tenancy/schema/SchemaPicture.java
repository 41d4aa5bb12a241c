package dev.argosy.tenancy.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What PostgreSQL's catalog says of a schema, as far as a server relies on it.
 *
 * @param columns of tables and views, by {@code TABLE.COLUMN}
 * @param functions with their arguments, which servers call or triggers of theirs do
 * @param constraints on tables, unique indexes too: their definitions by {@code TABLE NAME}
 */
record SchemaPicture(
    Map<String, Column> columns, Set<String> functions, Map<String, String> constraints) {

  /**
   * One column.
   *
   * @param optional whether an insert may leave it out
   */
  record Column(String type, boolean optional) {}

  static SchemaPicture of(Connection source) throws SQLException {
    Map<String, Column> columns = new TreeMap<>();
    rows(
        source,
        """
        select table_name || '.' || column_name, udt_name,
          is_nullable = 'YES' or column_default is not null or is_identity = 'YES' or is_generated = 'ALWAYS'
        from information_schema.columns where table_schema = 'public'
        """,
        row -> columns.put(row.getString(1), new Column(row.getString(2), row.getBoolean(3))));
    Set<String> functions = new TreeSet<>();
    rows(
        source,
        "select oid::regprocedure::text from pg_proc where pronamespace = 'public'::regnamespace",
        row -> functions.add(row.getString(1)));
    Map<String, String> constraints = new TreeMap<>();
    rows(
        source,
        """
        select conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace and conrelid <> 0 and contype <> 'n'
        union select indrelid::regclass || ' ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
        from pg_index join pg_class on pg_class.oid = indexrelid
        where indisunique and relnamespace = 'public'::regnamespace
        """,
        row -> constraints.put(row.getString(1), row.getString(2)));
    return new SchemaPicture(columns, functions, constraints);
  }

  /** Takes one row. */
  private interface Row {
    void take(ResultSet row) throws SQLException;
  }

  private static void rows(Connection source, String query, Row row) throws SQLException {
    try (Statement statement = source.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        row.take(rows);
      }
    }
  }

  /** Names of tables and views. */
  Set<String> tables() {
    Set<String> tables = new TreeSet<>();
    columns.keySet().forEach(column -> tables.add(column.substring(0, column.indexOf('.'))));
    return tables;
  }
}
