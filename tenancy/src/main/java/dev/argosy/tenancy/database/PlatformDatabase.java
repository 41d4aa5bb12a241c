package dev.argosy.tenancy.database;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PersistenceUnitTransactionType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/**
 * One database. Transactions are resource-local: they begin and end here, with or without a
 * container around. Close it to give back what Hibernate holds; the data source stays the caller's.
 */
public final class PlatformDatabase implements AutoCloseable {

  private final EntityManagerFactory factory;
  private final DataSource dataSource;

  private PlatformDatabase(EntityManagerFactory factory, DataSource dataSource) {
    this.factory = factory;
    this.dataSource = dataSource;
  }

  /**
   * Brings the schema up to date, then opens it.
   *
   * @param dataSource gives connections that are not enlisted in a container's transaction
   * @param entities the entity classes in use
   * @throws RuntimeException if the database cannot be reached or a migration fails
   */
  public static PlatformDatabase open(DataSource dataSource, Collection<Class<?>> entities) {
    migrate(dataSource);
    return new PlatformDatabase(factory(dataSource, entities), dataSource);
  }

  private static void migrate(DataSource dataSource) {
    Flyway.configure(PlatformDatabase.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }

  /**
   * Configured in code rather than by persistence.xml: a server that finds the file would weave the
   * classes itself, which in Liberty ends in endless recursion of its class loader. The two
   * settings keep Hibernate from the same.
   */
  private static EntityManagerFactory factory(
      DataSource dataSource, Collection<Class<?>> entities) {
    HibernatePersistenceConfiguration configuration =
        new HibernatePersistenceConfiguration("argosy", PlatformDatabase.class);
    configuration.managedClasses(entities);
    configuration.transactionType(PersistenceUnitTransactionType.RESOURCE_LOCAL);
    configuration.property("jakarta.persistence.nonJtaDataSource", dataSource);
    configuration.property("hibernate.enhancer.enableDirtyTracking", "false");
    configuration.property("hibernate.enhancer.enableLazyInitialization", "false");
    configuration.property("hibernate.jdbc.batch_size", "64");
    configuration.property("hibernate.hbm2ddl.auto", "none");
    return configuration.createEntityManagerFactory();
  }

  /** Runs the work in one transaction; an exception rolls back and goes on to the caller. */
  public <T> T inTransaction(Function<EntityManager, T> work) {
    try (EntityManager entities = factory.createEntityManager()) {
      EntityTransaction transaction = entities.getTransaction();
      transaction.begin();
      try {
        T result = work.apply(entities);
        transaction.commit();
        return result;
      } finally {
        if (transaction.isActive()) {
          transaction.rollback();
        }
      }
    }
  }

  /**
   * Runs SQL in one transaction; an exception rolls back and goes on to the caller.
   *
   * @throws PersistenceException if the database refuses; the cause is what it says
   */
  public <T> T withSql(SqlWork<T> work) {
    return onConnection(connection -> {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    });
  }

  /**
   * Runs statements of which each is a transaction of its own, as some of PostgreSQL's must be.
   *
   * @throws PersistenceException if the database refuses; the cause is what it says
   */
  public <T> T onConnection(SqlWork<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw new PersistenceException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    factory.close();
  }
}
