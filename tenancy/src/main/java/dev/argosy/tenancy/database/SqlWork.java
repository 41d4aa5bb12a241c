package dev.argosy.tenancy.database;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done on a connection that is the caller's to close. */
public interface SqlWork<T> {
  T on(Connection connection) throws SQLException;
}
