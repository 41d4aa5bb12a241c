package dev.argosy.server.discovery;

import dev.argosy.model.schema.KindTable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Documents in their wire form, kept until the table of kinds, or what others serve beside it, is
 * another one. Those of tables that were asked for long ago are made again. Any thread may ask.
 */
final class KeptDocuments {

  /** Clusters without kinds of their own count as one. */
  private static final int MOST_TABLES = 32;

  private final Map<Source, Map<Form, Document>> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Map<Form, Document>> eldest) {
          return size() > MOST_TABLES;
        }
      };

  /** What documents are made of; tables are told apart by identity. */
  record Source(KindTable table, List<RemoteVersion> remotes) {
    Source {
      remotes = List.copyOf(remotes);
    }

    Groups groups() {
      return Groups.of(table, remotes);
    }
  }

  /**
   * Which document, and how it is written.
   *
   * @param encoding anything that tells forms apart by {@code equals}
   */
  record Form(String path, Object encoding) {}

  /**
   * One document; its bytes must not be changed.
   *
   * @param tag a strong entity tag
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Document(byte[] bytes, String tag) {

    static Document of(byte[] bytes) {
      return new Document(bytes, '"' + hash(bytes) + '"');
    }

    private static String hash(byte[] body) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
        return HexFormat.of().withUpperCase().formatHex(digest);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  /** The document, made if it is not there; that there is none is not remembered. */
  Optional<Document> of(Source source, Form form, Supplier<Optional<byte[]>> make) {
    Map<Form, Document> ofTable;
    synchronized (kept) {
      ofTable = kept.computeIfAbsent(source, s -> new ConcurrentHashMap<>());
    }
    Document known = ofTable.get(form);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Document> made = make.get().map(Document::of);
    made.ifPresent(document -> ofTable.put(form, document));
    return made;
  }
}
