package dev.argosy.tenancy.usage;

import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.usage.UsageQuery.ByLabel;
import dev.argosy.tenancy.usage.UsageQuery.ByNamespace;
import dev.argosy.tenancy.usage.UsageQuery.ByPlatform;
import dev.argosy.tenancy.usage.UsageQuery.ByTenant;
import dev.argosy.tenancy.usage.UsageQuery.Tenant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sums up usage, up to this moment. */
public final class UsageReader {

  private final PlatformDatabase database;
  private final Duration patience;

  /**
   * @param patience how long a question may take
   */
  public UsageReader(PlatformDatabase database, Duration patience) {
    this.database = database;
    this.patience = patience;
  }

  /**
   * The sums, in the order of time, groups and resource.
   *
   * @param now what goes on counts up to then
   * @param most rows at the most; if there are that many there may be more
   * @throws jakarta.persistence.PersistenceException if the database refuses, or takes too long
   */
  public List<UsageSum> sums(UsageQuery query, Instant now, int most) {
    return database.withSql(connection -> {
      limit(connection);
      try (PreparedStatement statement = connection.prepareStatement(sql(query))) {
        List<@Nullable Object> values = values(query, now, most);
        for (int i = 0; i < values.size(); i++) {
          statement.setObject(i + 1, values.get(i));
        }
        return rows(statement, query.by().size());
      }
    });
  }

  /** What is allocated at this moment. */
  public record Level(String cluster, String tenantUid, String resource, double amount) {}

  /**
   * What each tenant is allocated now, by resource.
   *
   * @param cluster only this one; empty for all
   */
  public List<Level> levels(Optional<String> cluster) {
    return database.withSql(connection -> {
      limit(connection);
      try (PreparedStatement statement =
          connection.prepareStatement(
              "select s.cluster, s.tenant_uid, a.key, sum(cast(a.value as numeric)) from"
                  + " usage_subject s cross join lateral jsonb_each_text(s.allocated) a where"
                  + " s.allocated <> '{}' and (cast(? as text) is null or s.cluster = ?)"
                  + " group by 1, 2, 3 order by 1, 2, 3")) {
        statement.setString(1, cluster.orElse(null));
        statement.setString(2, cluster.orElse(null));
        try (ResultSet rows = statement.executeQuery()) {
          List<Level> all = new ArrayList<>();
          while (rows.next()) {
            all.add(
                new Level(
                    rows.getString(1), rows.getString(2), rows.getString(3), rows.getDouble(4)));
          }
          return all;
        }
      }
    });
  }

  private void limit(Connection connection) throws SQLException {
    try (Statement set = connection.createStatement()) {
      set.execute("set local statement_timeout = " + patience.toMillis());
    }
  }

  private static String sql(UsageQuery query) {
    String at =
        switch (query.step()) {
          case HOUR -> "at";
          case DAY -> "date_trunc('day', at, 'UTC')";
          case MONTH -> "date_trunc('month', at, 'UTC')";
          case TOTAL -> "cast(null as timestamptz)";
        };
    StringBuilder groups = new StringBuilder();
    StringBuilder places = new StringBuilder("1, 2");
    for (int i = 0; i < query.by().size(); i++) {
      groups
          .append(", ")
          .append(
              switch (query.by().get(i)) {
                case ByTenant() -> "cluster";
                case ByPlatform() ->
                    "case when cluster = 'root' then '"
                        + ByPlatform.PLATFORM
                        + "' else '"
                        + ByPlatform.TENANTS
                        + "' end";
                case ByNamespace() -> "namespace";
                case ByLabel label -> "coalesce(labels ->> ?, '')";
              });
      places.append(", ").append(i + 3);
    }
    return "select "
        + at
        + ", resource"
        + groups
        + ", sum(allocated), sum(used) from usage_lines(cast(? as timestamptz), cast(? as"
        + " timestamptz), cast(? as text), ?, cast(? as timestamptz)) where (cast(? as text) is null or"
        + " tenant_uid = ?) and (cast(? as text) is null or resource = any(string_to_array(?,"
        + " ','))) group by "
        + places
        + " order by "
        + places
        + " limit ?";
  }

  private static List<@Nullable Object> values(UsageQuery query, Instant now, int most) {
    List<@Nullable Object> values = new ArrayList<>();
    query
        .by()
        .forEach(by -> {
          if (by instanceof ByLabel(String key)) {
            values.add(key);
          }
        });
    @Nullable String uid = query.tenant().flatMap(Tenant::uid).orElse(null);
    values.add(query.from().atOffset(ZoneOffset.UTC));
    values.add(query.until().atOffset(ZoneOffset.UTC));
    values.add(query.tenant().map(Tenant::cluster).orElse(null));
    values.add(query.step() == UsageQuery.Step.HOUR);
    values.add(now.atOffset(ZoneOffset.UTC));
    values.add(uid);
    values.add(uid);
    @Nullable String resources = resources(query);
    values.add(resources);
    values.add(resources);
    values.add(most);
    return values;
  }

  /** With commas, of which names have none; null for all. */
  private static @Nullable String resources(UsageQuery query) {
    return query.resources().isEmpty() ? null : String.join(",", query.resources());
  }

  private static List<UsageSum> rows(PreparedStatement statement, int groups) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      List<UsageSum> all = new ArrayList<>();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
          values.add(rows.getString(i + 3));
        }
        all.add(
            new UsageSum(
                Optional.ofNullable(rows.getObject(1, OffsetDateTime.class))
                    .map(OffsetDateTime::toInstant),
                values,
                rows.getString(2),
                rows.getBigDecimal(groups + 3),
                Optional.ofNullable(rows.getBigDecimal(groups + 4))));
      }
      return all;
    }
  }
}
