package dev.argosy.model.leader;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Fence;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes the two objects of an election, in root's {@code kube-system}: the lease, which
 * changes with every renewal, and the term ({@code NAME-term}), which is written once when a term
 * begins and whose revision is the fence of all that the term writes. Every write expects what was
 * read before it.
 */
final class LeaseStore {

  private static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");

  private final ApiClient client;
  private final ObjectKey lease;
  private final ObjectKey term;

  LeaseStore(ApiClient client, String name) {
    this.client = client;
    this.lease = new ObjectKey(LEASES, "root", "kube-system", name);
    this.term = new ObjectKey(LEASES, "root", "kube-system", name + "-term");
  }

  String name() {
    return lease.name();
  }

  /** What was read of both, the lease first. */
  record Seen(Optional<ApiObject> lease, Optional<ApiObject> term) {

    Optional<LeaseRecord> record() {
      return lease.map(LeaseRecord::of);
    }

    long termRevision() {
      return term.map(ApiObject::revision).orElse(0L);
    }
  }

  /**
   * Reads both.
   *
   * @throws dev.argosy.model.status.StatusException if they cannot be read
   */
  Seen read() {
    Optional<ApiObject> first = client.get(lease).orAbsent();
    return new Seen(first, client.get(term).orAbsent());
  }

  /** Writes the lease in the place of what was seen; whether that is known to have been kept. */
  boolean writeLease(Seen seen, LeaseRecord record, Instant now) {
    return write(lease, seen.lease(), record, now).isPresent();
  }

  /** Begins a term after the one that was seen; empty if that is not known to have been kept. */
  Optional<Fence> writeTerm(Seen seen, LeaseRecord record, Instant now) {
    int number = seen.term().map(t -> LeaseRecord.of(t).changes()).orElse(0) + 1;
    LeaseRecord next =
        new LeaseRecord(0, record.holder(), record.duration(), LeaseRecord.time(now), number);
    return write(term, seen.term(), next, now).map(at -> new Fence(term, at));
  }

  private Optional<Long> write(
      ObjectKey key, Optional<ApiObject> present, LeaseRecord record, Instant now) {
    ObjectNode tree =
        present
            .map(ApiObject::tree)
            .orElseGet(() -> LeaseRecord.blank(key.name(), key.namespace()));
    ObjectNode next =
        LeaseRecord.fill(
            tree, record.holder(), record.duration(), record.acquired(), record.changes(), now);
    ApiResult<ApiObject> result =
        present.isPresent()
            ? client.update(key, next)
            : client.create(ResourceScope.namespace(LEASES, key.cluster(), key.namespace()), next);
    return result instanceof ApiResult.Ok<ApiObject>(ApiObject written)
        ? Optional.of(written.revision())
        : Optional.empty();
  }

  /** Gives the lease back, if this identity holds it. */
  void release(String identity, Instant now) {
    Optional<ApiObject> found = client.get(lease).orAbsent();
    Optional<LeaseRecord> held =
        found.map(LeaseRecord::of).filter(record -> record.holder().equals(identity));
    held.ifPresent(record ->
        write(
            lease,
            found,
            new LeaseRecord(0, "", Duration.ofSeconds(1), record.acquired(), record.changes()),
            now));
  }
}
