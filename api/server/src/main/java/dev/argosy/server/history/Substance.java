package dev.argosy.server.history;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.seal.SealedException;
import dev.argosy.store.seal.Vault;
import dev.argosy.tenancy.history.Head;
import dev.argosy.tenancy.history.NewRevision;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of an object's state counts as a change: not its status, and not what the server counts.
 *
 * @param uid of the object; empty if it cannot be read
 * @param plain what counts, as canonical JSON; null if it cannot be read
 */
record Substance(String uid, byte @Nullable [] plain) {

  private static final Substance UNREADABLE = new Substance("", null);

  /** Of a value as the store has it. */
  static Substance of(Vault vault, ObjectKey key, byte[] stored) {
    try {
      ObjectNode object = Json.parse(vault.open(key, stored));
      String uid = object.path("metadata").path("uid").asString("");
      return new Substance(uid, Json.canonical(reduce(object)));
    } catch (SealedException | JacksonException | IllegalArgumentException e) {
      return UNREADABLE;
    }
  }

  /** Removes, in place, what does not count. */
  static ObjectNode reduce(ObjectNode object) {
    object.remove("status");
    if (object.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
      metadata.remove("resourceVersion");
      metadata.remove("generation");
    }
    return object;
  }

  /** Whether what was recorded last says the same. */
  boolean sameAs(Vault vault, ObjectKey key, Head head) {
    if (plain == null || !uid.equals(head.uid())) {
      return false;
    }
    byte[] sealed = head.sealed();
    if (sealed != null) {
      return Arrays.equals(plain, of(vault, key, sealed).plain);
    }
    return Arrays.equals(digest(plain), head.digest());
  }

  /** As it is recorded. A digest of what is sealed would tell of it, so that has none. */
  Optional<NewRevision.Content> content(byte[] stored) {
    Long keyId = Vault.keyId(stored);
    byte[] digest = keyId != null || plain == null ? null : digest(plain);
    return Optional.of(new NewRevision.Content(stored, keyId, digest));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
