package dev.argosy.server.token;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.authz.BoundReader.Scope;
import dev.argosy.tenancy.member.SubjectRef;
import dev.argosy.tenancy.member.Term;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A token as it is kept. */
record AccessToken(ObjectKey key, Secret secret, Holder holder, Life life, Scope scope) {

  static final GroupResource RESOURCE = new GroupResource("access.argosy.dev", "accesstokens");

  /**
   * What is known of its text.
   *
   * @param id names it in the token itself and in the audit
   */
  record Secret(String id, String hash) {
    Secret {
      if (id.isEmpty() || hash.isEmpty()) {
        throw new IllegalArgumentException("a token needs an id and a hash");
      }
    }
  }

  /**
   * As whom it acts.
   *
   * @param groups of its user, without those that only the system gives
   */
  record Holder(SubjectRef subject, String uid, List<String> groups) {
    Holder {
      groups = List.copyOf(groups);
    }
  }

  /**
   * How long it lasts.
   *
   * @param deleted whether its deletion has begun, with which it ends
   */
  record Life(Instant expires, boolean deleted, Optional<Instant> lastUsed) {}

  /**
   * Reads a whole AccessToken object.
   *
   * @throws IllegalArgumentException if it is not complete
   */
  static AccessToken of(ApiObject object) {
    ObjectNode tree = object.tree();
    JsonNode spec = tree.path("spec");
    JsonNode status = tree.path("status");
    return new AccessToken(
        object.key(),
        new Secret(status.path("id").asString(""), status.path("hash").asString("")),
        new Holder(
            SubjectRef.of(spec.path("subject")), status.path("uid").asString(""), groups(status)),
        new Life(
            time(spec, "expiresAt").orElseThrow(() -> new IllegalArgumentException("no end")),
            object.meta().deleting(),
            time(status, "lastUsedAt")),
        new Scope(spec.path("scope"), object.cluster(), status.path("roleUid").asString("")));
  }

  String id() {
    return secret.id;
  }

  SubjectRef subject() {
    return holder.subject;
  }

  /** The cluster in which it was made. */
  String cluster() {
    return key.cluster();
  }

  static List<String> groups(JsonNode status) {
    List<String> groups = new ArrayList<>();
    status.path("groups").forEach(group -> groups.add(group.asString("")));
    return groups;
  }

  private static Optional<Instant> time(JsonNode from, String field) {
    String text = from.path(field).asString("");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode term = ((ObjectNode) from).objectNode().put("expiresAt", text);
    return Term.of(term).expiresAt();
  }

  boolean over(Instant now) {
    return life.deleted || !now.isBefore(life.expires);
  }

  /** Whether this is its text; takes as long whatever is wrong. */
  boolean is(TokenText text) {
    return MessageDigest.isEqual(
        secret.hash.getBytes(StandardCharsets.US_ASCII),
        text.hash().getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether both give the same rights. */
  boolean means(AccessToken other) {
    return secret.equals(other.secret)
        && holder.equals(other.holder)
        && life.deleted == other.life.deleted
        && life.expires.equals(other.life.expires)
        && scope.equals(other.scope);
  }
}
