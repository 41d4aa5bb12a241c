package dev.argosy.agent.volume.disk;

import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.agent.volume.mount.Mounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

/** The volume {@code acme/pvc-1} on a real disk, its pods, and agents that may die. Close it. */
final class DiskBench implements AutoCloseable {

  static final VolumeId ID = new VolumeId("acme", "pvc-1");
  static final long SIZE = 8 << 20;

  /** What an agent does. */
  interface Life {
    void of(LocalVolumes volumes) throws IOException;
  }

  private final Path data;
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");

  DiskBench(Path data) {
    this.data = data;
  }

  /** What is kept of the volume. */
  Path file(String name) {
    return data.resolve("disks/acme/pvc-1").resolve(name);
  }

  LocalVolumes volumes(Host host) {
    InstantSource source = () -> now;
    return new LocalVolumes(data, host, source.withZone(ZoneOffset.UTC));
  }

  LocalVolumes volumes() {
    return volumes(new LinuxHost());
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  PodFolder pod(String uid) {
    return PodFolder.of(data, uid);
  }

  void release(LocalVolumes volumes, String uid) throws IOException {
    volumes.release(pod(uid).path());
    pod(uid).delete();
  }

  /** The API has had no such volume for a minute. */
  void freeWith(LocalVolumes volumes) throws IOException {
    volumes.sweep(id -> Known.NOT_THERE);
    pass(Duration.ofSeconds(60));
    volumes.sweep(id -> Known.NOT_THERE);
  }

  /**
   * An agent dies at each step of a life in turn, and its pod is gone when the next one comes; how
   * often, until one lived on.
   *
   * @param next what the next one does
   */
  int deaths(Life life, Life next) throws IOException {
    for (int steps = 0; ; steps++) {
      try {
        life.of(volumes(new DyingHost(steps)));
        return steps;
      } catch (DyingHost.Died e) {
        pod("a").delete();
        LocalVolumes after = volumes();
        after.sweep(id -> Known.DELETES);
        next.of(after);
      }
    }
  }

  List<Path> mounted() throws IOException {
    return MountTable.read().below(data).stream().map(MountTable.Entry::target).toList();
  }

  @Override
  public void close() throws IOException {
    new Mounter().unmountBelow(data);
    if (Files.exists(file("raw"))) {
      new LinuxHost().unloop(file("raw"));
    }
  }
}
