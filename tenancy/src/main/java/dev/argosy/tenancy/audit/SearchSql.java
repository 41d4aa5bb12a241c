package dev.argosy.tenancy.audit;

import dev.argosy.tenancy.audit.AuditPage.Place;
import dev.argosy.tenancy.audit.AuditQuery.Condition;
import dev.argosy.tenancy.database.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements of one search. What many entries match is found among the newest ones; what few
 * match is found by the index of terms. Which of the two it is shows by looking at the newest
 * first, so no estimate of the planner decides.
 */
final class SearchSql {

  private static final String NEWEST = " order by at desc, cluster desc, sequence desc limit ?";
  private static final String KEY = "at, cluster, sequence";

  private static final String TERMS =
      Stream.of(AuditField.values())
          .map(AuditField::column)
          .collect(Collectors.joining(", ", "audit_terms(", ")"));

  private final AuditQuery query;

  SearchSql(AuditQuery query) {
    this.query = query;
  }

  /** Whether the newest entries are what is asked for, without a look at any field. */
  boolean unconditional() {
    return query.conditions().isEmpty();
  }

  /** Whether the index of terms can narrow the search. */
  boolean indexed() {
    return query.conditions().stream().anyMatch(Condition::equal);
  }

  /** Those that match among the newest so many after a place. */
  Sql among(int newest, Optional<Place> after, int limit) {
    Sql walked =
        new Sql()
            .add("select " + EntryColumns.SHORT + " from audit_record where true")
            .add(bounds(after))
            .add(NEWEST, newest);
    return new Sql()
        .add("select * from (")
        .add(walked)
        .add(") walked where true")
        .add(conditions())
        .add(NEWEST, limit);
  }

  /** The last of the newest so many after a place; no row if there are fewer. */
  Sql lastOf(int newest, Optional<Place> after) {
    return new Sql()
        .add("select " + KEY + " from audit_record where true")
        .add(bounds(after))
        .add(" order by at desc, cluster desc, sequence desc offset ? limit 1", newest - 1);
  }

  /** Those that match after a place, read in their order. */
  Sql inOrder(Optional<Place> after, int limit) {
    return new Sql()
        .add("select " + EntryColumns.SHORT + " from audit_record where true")
        .add(bounds(after))
        .add(conditions())
        .add(NEWEST, limit);
  }

  /** Those that match after a place, by the index of terms. */
  Sql byTerms(Optional<Place> after, int limit) {
    Sql hits =
        new Sql()
            .add("select " + KEY + ", recorded_at from audit_record where ")
            .add(terms())
            .add(bounds(after))
            .add(conditions());
    return new Sql()
        .add("with hits as materialized (")
        .add(hits)
        .add("), first as (select * from hits")
        .add(NEWEST, limit)
        .add(") select r.* from first, lateral (select " + EntryColumns.SHORT)
        .add(" from audit_record a where a.cluster = first.cluster and a.sequence = first.sequence")
        .add(" and a.recorded_at = first.recorded_at) r order by r.at desc, r.cluster desc,")
        .add(" r.sequence desc");
  }

  private Sql bounds(Optional<Place> after) {
    Sql sql = new Sql();
    query.cluster().ifPresent(cluster -> sql.add(" and cluster = ?", cluster));
    query.since().ifPresent(since -> sql.add(" and at >= ?", since));
    query.until().ifPresent(until -> sql.add(" and at <= ?", until));
    after.ifPresent(place ->
        sql.add(" and (" + KEY + ") < (?, ?, ?)", place.at(), place.cluster(), place.sequence()));
    return sql;
  }

  private Sql conditions() {
    Sql sql = new Sql();
    for (Condition condition : query.conditions()) {
      Object value =
          condition.field() == AuditField.CODE
              ? Integer.valueOf(condition.value())
              : condition.value();
      sql.add(" and " + condition.field().column() + (condition.equal() ? " = ?" : " <> ?"), value);
    }
    return sql;
  }

  /** A hash of each value with its field's place, as the index has them. */
  private Sql terms() {
    List<Condition> equal = new ArrayList<>();
    query.cluster().ifPresent(c -> equal.add(new Condition(AuditField.CLUSTER, true, c)));
    query.conditions().stream().filter(Condition::equal).forEach(equal::add);
    Sql sql = new Sql().add(TERMS + " @> array[");
    for (int i = 0; i < equal.size(); i++) {
      Condition condition = equal.get(i);
      sql.add(
          (i == 0 ? "" : ", ") + "hashtextextended(cast(? as text) collate \"C\", ?)",
          condition.value(),
          (long) condition.field().ordinal() + 1);
    }
    return sql.add("]");
  }
}
