package dev.argosy.tenancy.history;

import dev.argosy.model.object.Json;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.database.Sql;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/** Who made which write, before or after its revision is recorded. Any number of servers add. */
public final class AuthorLog {

  private final PlatformDatabase database;

  public AuthorLog(PlatformDatabase database) {
    this.database = database;
  }

  /** A write and who made it. */
  public record Authored(String feed, String cluster, long revision, RevisionAuthor author) {}

  /** Adds them, or none. */
  public void add(List<Authored> writes) {
    ArrayNode rows = Json.mapper().createArrayNode();
    for (Authored write : writes) {
      rows.addObject()
          .put("feed", write.feed())
          .put("cluster", write.cluster())
          .put("revision", write.revision())
          .put("author", write.author().json());
    }
    database.withSql(connection ->
        new Sql()
            .add("insert into history_author select feed, cluster, revision, now(), author from")
            .add(" json_to_recordset(cast(? as json))", rows.toString())
            .add(" as w(feed text, cluster text, revision bigint, author text)")
            .add(" on conflict do nothing returning 1")
            .rows(connection, row -> 1));
  }
}
