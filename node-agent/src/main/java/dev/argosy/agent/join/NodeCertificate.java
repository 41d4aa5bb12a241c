package dev.argosy.agent.join;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A node's key with its certificate. */
public record NodeCertificate(PrivateKey key, List<X509Certificate> chain) {

  private static final String FILE = "node.pem";

  public NodeCertificate {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("no certificate");
    }
  }

  /** The one kept in the folder, if there is one that can be read. */
  static Optional<NodeCertificate> load(Path folder) throws JoinFailure {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String pem = Files.readString(file);
      int split = pem.indexOf("-----BEGIN CERTIFICATE-----");
      return Optional.of(
          new NodeCertificate(
              Pem.key(pem.substring(0, split)), Pem.certificates(pem.substring(split))));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new JoinFailure(
          "cannot read " + file + " (" + e.getMessage() + "); remove it and join again");
    }
  }

  void save(Path folder, String certificatePem) throws JoinFailure {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(FILE);
      Path next = folder.resolve(FILE + ".new");
      Files.deleteIfExists(next);
      Files.createFile(
          next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(next, Pem.write("PRIVATE KEY", key.getEncoded()) + certificatePem);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new JoinFailure("cannot keep the node's certificate: " + e.getMessage());
    }
  }

  Instant notAfter() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  /** When to ask for the next one: after three quarters of its time. */
  Instant renewAt() {
    Instant from = chain.getFirst().getNotBefore().toInstant();
    Duration whole = Duration.between(from, notAfter());
    return from.plus(whole.multipliedBy(3).dividedBy(4));
  }
}
