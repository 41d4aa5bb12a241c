package dev.argosy.agent.pod.pull;

import dev.argosy.agent.runtime.spi.ImageStore.Credentials;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records of what was fetched, one file for each image; and, while something is being fetched,
 * one for its name: an agent that ends in between leaves an image without a record, which must not
 * pass for one that was there before. Thread-safe.
 */
final class PullRecords {

  private static final int KEY_BYTES = 32;

  private final Path pulled;
  private final Path pulling;
  private final Path keyFile;
  private final Map<String, Integer> beingPulled = new HashMap<>();
  private byte[] key = {};

  PullRecords(Path folder) {
    this.pulled = folder.resolve("pulled");
    this.pulling = folder.resolve("pulling");
    this.keyFile = folder.resolve("key");
  }

  /** What is known of an image; empty if this agent has not fetched it. */
  synchronized Optional<Access> find(String imageId) throws IOException {
    try {
      return Optional.of(read(Json.mapper().readTree(Files.readAllBytes(file(pulled, imageId)))));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (JacksonException damaged) {
      return Optional.of(Access.NONE);
    }
  }

  /**
   * Drops the records of images that are no more, but for those written since.
   *
   * @param present the ids of all images
   * @param asOf when these were listed, or a little before
   */
  synchronized void keepOnly(Set<String> present, Instant asOf) throws IOException {
    if (!Files.isDirectory(pulled)) {
      return;
    }
    Set<Path> kept = new HashSet<>();
    present.forEach(id -> kept.add(file(pulled, id)));
    try (Stream<Path> all = Files.list(pulled)) {
      for (Path one : all.filter(path -> !kept.contains(path)).toList()) {
        if (Files.getLastModifiedTime(one).toInstant().isBefore(asOf)) {
          Files.deleteIfExists(one);
        }
      }
    }
  }

  /** Whether that image is, or was when an agent ended, being fetched. */
  synchronized boolean inPulling(ImageName image) {
    return Files.exists(file(pulling, image.toString()));
  }

  synchronized void begin(ImageName image) throws IOException {
    String name = image.toString();
    write(file(pulling, name), Json.object().put("image", name));
    beingPulled.merge(name, 1, Integer::sum);
  }

  /** It was fetched: as a claim's, or without one. */
  synchronized void succeeded(ImageName image, String imageId, Optional<Claim> by)
      throws IOException {
    Access before = find(imageId).orElse(Access.NONE);
    Access now = before.withEveryone(image);
    if (by.isPresent()) {
      now = before.withSecret(image, by.get().secret(), fingerprint(by.get().credentials()));
    }
    if (!now.equals(before)) {
      write(file(pulled, imageId), tree(imageId, now));
    }
    end(image);
  }

  /** It could not be fetched. */
  synchronized void failed(ImageName image) throws IOException {
    end(image);
  }

  /** Nobody knows what became of it. */
  synchronized void lost(ImageName image) {
    beingPulled.computeIfPresent(image.toString(), (_, count) -> count > 1 ? count - 1 : null);
  }

  private void end(ImageName image) throws IOException {
    String name = image.toString();
    if (beingPulled.merge(name, -1, Integer::sum) <= 0) {
      beingPulled.remove(name);
      Files.deleteIfExists(file(pulling, name));
    }
  }

  /** Tells equal credentials from others, on this node alone, without telling what they are. */
  synchronized String fingerprint(Credentials credentials) throws IOException {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(), "HmacSHA256"));
      for (String part :
          new String[] {credentials.registry(), credentials.user(), credentials.password()}) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        mac.update(bytes);
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] key() throws IOException {
    if (key.length == 0 && Files.exists(keyFile)) {
      key = Files.readAllBytes(keyFile);
    }
    if (key.length != KEY_BYTES) {
      key = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(key);
      write(keyFile, key);
    }
    return key;
  }

  private static Access read(JsonNode tree) {
    Map<String, Access.Holders> names = new HashMap<>();
    for (Map.Entry<String, JsonNode> name : tree.path("names").properties()) {
      Map<String, String> secrets = new HashMap<>();
      name.getValue()
          .path("secrets")
          .properties()
          .forEach(s -> secrets.put(s.getKey(), s.getValue().asString("")));
      boolean everyone = name.getValue().path("everyone").asBoolean(false);
      names.put(name.getKey(), new Access.Holders(everyone, secrets));
    }
    return new Access(names);
  }

  private static ObjectNode tree(String imageId, Access access) {
    ObjectNode tree = Json.object().put("image", imageId);
    ObjectNode names = tree.putObject("names");
    access
        .names()
        .forEach((name, holders) -> {
          ObjectNode one = names.putObject(name).put("everyone", holders.everyone());
          holders.secrets().forEach(one.putObject("secrets")::put);
        });
    return tree;
  }

  private static Path file(Path folder, String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return folder.resolve(HexFormat.of().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, JsonNode tree) throws IOException {
    write(file, Json.mapper().writeValueAsBytes(tree));
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(next, bytes);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(next);
      throw e;
    }
  }
}
