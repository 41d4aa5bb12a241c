package dev.argosy.agent.volume.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All volumes of this node that the platform made. Any thread may enter. */
public final class LocalVolumes {

  private static final Logger LOG = LoggerFactory.getLogger(LocalVolumes.class);
  private static final int LOCKS = 64;

  /**
   * A volume that can be used.
   *
   * @param folder what containers see
   * @param bytes its size; less than was asked for if it cannot grow while it is used
   * @param unlimited why its size is not kept; empty if it is
   */
  public record Ready(Path folder, long bytes, String unlimited) {}

  /** What the API says of a volume. */
  public interface Register {
    Known known(VolumeId id);
  }

  private final Path data;
  private final Host host;
  private final Links links;
  private final Clock clock;
  private final List<ReentrantLock> locks;

  /** Those that were to grow while they were mounted, and how large they are since. */
  private final Map<VolumeId, Growth> growths = new ConcurrentHashMap<>();

  private record Growth(long wanted, long came) {}

  LocalVolumes(Path data, Host host, Clock clock) {
    this.data = data.toAbsolutePath().normalize();
    this.host = host;
    this.links = new Links(this.data);
    this.clock = clock;
    this.locks = Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
  }

  /** The volumes below an agent's data folder. */
  public static LocalVolumes of(Path data, Clock clock) {
    return new LocalVolumes(data, new LinuxHost(), clock);
  }

  /**
   * Makes a volume ready for a pod, and a link to it; again and again with the same result. One
   * that is used grows if the machine can do that, others do when they are mounted. What an agent
   * of before kept in the pod's own folder stays there.
   *
   * @param deletes whether what it holds goes with it
   */
  public Ready use(VolumeId id, long bytes, boolean deletes, Path link) throws IOException {
    if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
      return new Ready(link, bytes, Place.OLDER);
    }
    Place place = place(id);
    ReentrantLock lock = lock(id);
    try {
      Links.make(link, place.folder().resolve("mount"));
      String unlimited = place.open(bytes, deletes);
      Links.make(link, place.content());
      return new Ready(
          place.content(), unlimited.isEmpty() ? grown(id, place, bytes) : bytes, unlimited);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes a volume ready as a block device, and a link to it; again and again with the same result.
   */
  public Ready useDevice(VolumeId id, long bytes, boolean deletes, Path link) throws IOException {
    Place place = place(id);
    ReentrantLock lock = lock(id);
    try {
      Path device = place.raw().target();
      Links.make(link, device);
      place.attach(bytes, deletes);
      return new Ready(device, bytes, "");
    } finally {
      lock.unlock();
    }
  }

  private long grown(VolumeId id, Place place, long bytes) throws IOException {
    Growth growth = growths.get(id);
    if (growth != null && growth.wanted() == bytes) {
      return growth.came();
    }
    if (!place.disk().smallerThan(bytes)) {
      return bytes;
    }
    long came = place.disk().grow(bytes) ? bytes : place.disk().size();
    growths.put(id, new Growth(bytes, came));
    return came;
  }

  /** Whether a folder or device that a pod's volume leads to is there with its content. */
  public boolean usable(Path folder) throws IOException {
    if (folder.startsWith(Place.root(data)) && folder.endsWith("device")) {
      Optional<VolumeId> id = id(folder);
      return id.isPresent() && place(id.get()).raw().attached();
    }
    boolean isDisk = folder.startsWith(Place.root(data)) && folder.endsWith("mount");
    return isDisk ? host.mounts().at(folder).isPresent() : Files.exists(folder);
  }

  /**
   * Takes the volumes from a pod: what no other pod uses is unmounted, then its link goes. Fails if
   * one cannot be unmounted; it is the pod's until it is.
   */
  public void release(Path pod) throws IOException {
    for (Path link : Links.of(pod)) {
      Optional<VolumeId> id = id(Files.readSymbolicLink(link));
      if (id.isPresent()) {
        release(id.get(), link);
      }
    }
  }

  private void release(VolumeId id, Path link) throws IOException {
    Place place = place(id);
    ReentrantLock lock = lock(id);
    try {
      if (links.to(place).equals(List.of(link))) {
        place.close();
        growths.remove(id);
      }
      Files.deleteIfExists(link);
    } finally {
      lock.unlock();
    }
  }

  /** Unmounts what no pod uses, and frees what the API no longer has. */
  public void sweep(Register register) throws IOException {
    for (VolumeId id : all()) {
      ReentrantLock lock = lock(id);
      try {
        if (links.to(place(id)).isEmpty()) {
          sweep(id, register);
        }
      } catch (IOException e) {
        LOG.warn("volume {} is not put away, trying again: {}", id, e.getMessage());
      } finally {
        lock.unlock();
      }
    }
  }

  private void sweep(VolumeId id, Register register) throws IOException {
    Place place = place(id);
    place.close();
    if (place.unborn()) {
      place.delete();
      return;
    }
    switch (Fate.of(Note.read(place.folder()), register.known(id), clock.instant())) {
      case Fate.Stays _ -> {}
      case Fate.Noted(Note note) -> host.write(Note.in(place.folder()), note.bytes());
      case Fate.Goes _ -> {
        place.delete();
        LOG.info("volume {} is deleted, its room on the disk is free", id);
      }
    }
  }

  private List<VolumeId> all() throws IOException {
    List<VolumeId> all = new ArrayList<>();
    for (Path cluster : Links.list(Place.root(data))) {
      for (Path volume : Links.list(cluster)) {
        all.add(new VolumeId(cluster.getFileName().toString(), volume.getFileName().toString()));
      }
    }
    return all;
  }

  /** The volume that a link leads to, if it is one of these. */
  private Optional<VolumeId> id(Path target) {
    for (Path root : List.of(Place.root(data), data.resolve("volumes"))) {
      if (target.startsWith(root) && target.getNameCount() >= root.getNameCount() + 2) {
        Path below = root.relativize(target);
        return Optional.of(new VolumeId(below.getName(0).toString(), below.getName(1).toString()));
      }
    }
    return Optional.empty();
  }

  private Place place(VolumeId id) {
    return new Place(data, id, host);
  }

  private ReentrantLock lock(VolumeId id) {
    ReentrantLock lock = locks.get(Math.floorMod(id.hashCode(), LOCKS));
    lock.lock();
    return lock;
  }
}
