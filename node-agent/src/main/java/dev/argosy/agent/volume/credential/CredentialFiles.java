package dev.argosy.agent.volume.credential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Where a pod wants its credential; empty where it does not.
 *
 * @param bundle key and certificates in one file
 */
public record CredentialFiles(String bundle, String key, String chain) {

  /** As a {@code podCertificate} projection says. */
  public static CredentialFiles of(JsonNode projection) {
    return new CredentialFiles(
        projection.path("credentialBundlePath").asString(""),
        projection.path("keyPath").asString(""),
        projection.path("certificateChainPath").asString(""));
  }

  /** What the files hold, by path. */
  public Map<String, byte[]> contents(Credential credential) {
    byte[] both = new byte[credential.key().length + credential.chain().length];
    System.arraycopy(credential.key(), 0, both, 0, credential.key().length);
    System.arraycopy(
        credential.chain(), 0, both, credential.key().length, credential.chain().length);
    Map<String, byte[]> files = new TreeMap<>();
    put(files, bundle, both);
    put(files, key, credential.key());
    put(files, chain, credential.chain());
    return files;
  }

  private static void put(Map<String, byte[]> files, String path, byte[] content) {
    if (!path.isEmpty()) {
      files.put(path, content);
    }
  }

  /** What they hold already; empty if one is missing. */
  public Map<String, byte[]> present(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String path : new String[] {bundle, key, chain}) {
      if (!path.isEmpty()) {
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file)) {
          return Map.of();
        }
        files.put(path, Files.readAllBytes(file));
      }
    }
    return files;
  }
}
