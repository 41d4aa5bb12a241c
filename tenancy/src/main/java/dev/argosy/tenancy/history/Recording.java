package dev.argosy.tenancy.history;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.database.Sql;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** What one transaction records. */
record Recording(Connection connection, String feed, OffsetDateTime at) {

  private static final String KEY = "cluster, api_group, resource, namespace, name";

  private static final String KEYS =
      "json_to_recordset(cast(? as json)) as k(cluster text, api_group text, resource text,"
          + " namespace text, name text)";

  /** Answers how many revisions were recorded. */
  int record(Collection<ObjectKey> keys, RevisionLog.Decision decision, long look)
      throws SQLException {
    Map<ObjectKey, Head> heads = heads(keys);
    List<NewRevision> fresh = decision.apply(heads);
    write(fresh);
    if (look > 0) {
      seen(keys, look);
    }
    return fresh.size();
  }

  private Map<ObjectKey, Head> heads(Collection<ObjectKey> keys) throws SQLException {
    Map<ObjectKey, Head> heads = new HashMap<>();
    if (keys.isEmpty()) {
      return heads;
    }
    new Sql()
        .add("select " + KEY + ", revision, uid, digest, case when key_id is null then null else")
        .add(" content end from " + KEYS + " join history_head using (" + KEY + ")", json(keys))
        .rows(
            connection,
            row ->
                heads.put(
                    RecordedRevision.key(row),
                    new Head(row.getLong(6), row.getString(7), row.getBytes(8), row.getBytes(9))));
    return heads;
  }

  private void write(List<NewRevision> fresh) throws SQLException {
    if (fresh.isEmpty()) {
      return;
    }
    try (CallableStatement call =
        connection.prepareCall("call history_record(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (NewRevision revision : fresh) {
        set(call, revision);
        call.addBatch();
      }
      call.executeBatch();
    }
  }

  private void set(CallableStatement call, NewRevision revision) throws SQLException {
    ObjectKey key = revision.key();
    call.setString(1, key.cluster());
    call.setString(2, key.resource().group());
    call.setString(3, key.resource().resource());
    call.setString(4, key.namespace());
    call.setString(5, key.name());
    call.setString(6, feed);
    call.setLong(7, revision.revision());
    call.setString(8, revision.uid());
    call.setString(9, revision.change().text());
    call.setObject(10, at);
    call.setBoolean(11, revision.gap());
    Optional<NewRevision.Content> content = revision.content();
    call.setObject(12, content.map(NewRevision.Content::keyId).orElse(null), Types.BIGINT);
    call.setBytes(13, bytes(content.map(NewRevision.Content::digest).orElse(null)));
    call.setBytes(14, bytes(content.map(NewRevision.Content::bytes).orElse(null)));
  }

  private static byte @Nullable [] bytes(byte @Nullable [] some) {
    return some;
  }

  private void seen(Collection<ObjectKey> keys, long look) throws SQLException {
    new Sql()
        .add("update history_head h set seen = greatest(h.seen, ?) from ", look)
        .add(KEYS, json(keys))
        .add(" where h.cluster = k.cluster and h.api_group = k.api_group and h.resource =")
        .add(" k.resource and h.namespace = k.namespace and h.name = k.name returning 1")
        .rows(connection, row -> 1);
  }

  /** Records as deleted what a look did not find; when that was is not known, so it is a gap. */
  void recordGone(long look) throws SQLException {
    List<NewRevision> gone =
        new Sql()
            .add(
                "select " + KEY + ", uid from history_head where feed = ? and seen < ?", feed, look)
            .rows(connection, row -> gone(row, look));
    write(gone);
  }

  private static NewRevision gone(ResultSet row, long look) throws SQLException {
    return new NewRevision(
        RecordedRevision.key(row),
        look,
        row.getString(6),
        RevisionChange.DELETED,
        true,
        Optional.empty());
  }

  void recordGap(long look) throws SQLException {
    new Sql()
        .add("insert into history_gap select nextval('history_id'), feed, revision, ?, ?", look, at)
        .add(" from history_feed where feed = ? returning 1", feed)
        .rows(connection, row -> 1);
  }

  private static String json(Collection<ObjectKey> keys) {
    ArrayNode all = Json.mapper().createArrayNode();
    for (ObjectKey key : keys) {
      all.addObject()
          .put("cluster", key.cluster())
          .put("api_group", key.resource().group())
          .put("resource", key.resource().resource())
          .put("namespace", key.namespace())
          .put("name", key.name());
    }
    return all.toString();
  }
}
