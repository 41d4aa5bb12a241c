package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Background;
import dev.argosy.e2e.Program;
import dev.argosy.e2e.Space;
import dev.argosy.e2e.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A file of 16 MiB, in a full run of one GiB, that must arrive as it was sent. */
final class LargeFile implements AutoCloseable {

  private static final long BYTES = Target.full() ? 1L << 30 : 16L << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String THERE = "/www/large";

  private final Path folder;
  private final Path file;
  private final String sum;

  private LargeFile() throws Exception {
    folder = Files.createTempDirectory("e2e-large");
    file = folder.resolve("large");
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] block = new byte[1 << 20];
    Random random = new Random(BYTES);
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      for (long written = 0; written < BYTES; written += block.length) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    sum = HexFormat.of().formatHex(digest.digest());
  }

  /** Into a pod, back, and through a forwarded port. */
  static void travels(Space space) throws Exception {
    try (LargeFile large = new LargeFile()) {
      space.runWithin(PATIENCE, "cp", large.file.toString(), "talk:" + THERE);
      assertThat(space.runWithin(PATIENCE, "exec", "talk", "--", "sha256sum", THERE))
          .startsWith(large.sum);
      Path back = large.folder.resolve("back");
      space.runWithin(PATIENCE, "cp", "talk:" + THERE, back.toString());
      assertThat(shell("sha256sum " + back)).startsWith(large.sum);
      try (Background forward = Background.kubectl(space, "port-forward", "pod/talk", ":8080")) {
        String port = forward.find(SOON, "Forwarding from 127.0.0.1:(\\d+)");
        String url = "http://127.0.0.1:" + port + "/large";
        assertThat(shell("curl -sS --noproxy '*' " + url + " | sha256sum")).startsWith(large.sum);
      }
    }
  }

  private static String shell(String line) {
    return Program.run(List.of("sh", "-c", line), Map.of(), "", PATIENCE).orFail();
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path one : files.toList()) {
        Files.delete(one);
      }
    }
    Files.delete(folder);
  }
}
