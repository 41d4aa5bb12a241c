package dev.argosy.agent.runtime.spi;

import dev.argosy.agent.disk.FolderSizes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container engine of this machine. Lists and lookups see only what this agent created (each
 * runtime marks its own), so that other users of the engine are never touched.
 */
public interface ContainerRuntime extends AutoCloseable {

  /** Who answers; also the check that the engine is there. */
  RuntimeInfo info() throws RuntimeFailure;

  /** Whether control groups are systemd's to make, and named as its slices. */
  default boolean groupsBySystemd() throws RuntimeFailure {
    return false;
  }

  /**
   * Makes and starts a sandbox with no network but loopback (or the host's).
   *
   * @return its id
   */
  String startSandbox(SandboxSpec spec) throws RuntimeFailure;

  /** Sandboxes that carry all these labels, running or not, newest first. */
  List<Sandbox> sandboxes(Map<String, String> labels) throws RuntimeFailure;

  /** Kills the sandbox's own process; its containers lose their network. Gone is fine. */
  void stopSandbox(String id) throws RuntimeFailure;

  /** Removes a sandbox, killing it if need be. Remove its containers first. Gone is fine. */
  void removeSandbox(String id) throws RuntimeFailure;

  /**
   * Makes a container in a running sandbox.
   *
   * @return its id
   */
  String createContainer(String sandboxId, ContainerSpec spec) throws RuntimeFailure;

  /** Starts a created container. A container that ran is not started again; make a new one. */
  void startContainer(String id) throws RuntimeFailure;

  /**
   * Asks the container's first process to end (its image's stop signal, or TERM), kills it after
   * the grace, and returns when it has ended. Gone or ended is fine.
   */
  void stopContainer(String id, Duration grace) throws RuntimeFailure;

  /** Removes a container and its writable layer and log, killing it if need be. Gone is fine. */
  void removeContainer(String id) throws RuntimeFailure;

  /**
   * Gives a running container other shares, quota and memory, at once and without a restart; 0
   * lifts a limit. What it cannot change, as the place in the row of what the kernel kills, stays
   * as it was. The engine may refuse less memory than is in use.
   */
  void limitContainer(String id, ContainerSpec.Limits limits) throws RuntimeFailure;

  /** Lets a running container run on these processors alone, such as {@code 0,2}. */
  default void pinContainer(String id, String cpus) throws RuntimeFailure {}

  /**
   * Writes a running container down, its memory and what it has open, and lets it go on.
   *
   * @param archive a tar file that is not there yet, in a folder that is
   */
  default void checkpointContainer(String id, Path archive) throws RuntimeFailure {
    throw new RuntimeFailure(
        RuntimeFailure.Kind.REFUSED, "this runtime cannot checkpoint containers");
  }

  /** The bytes of memory that a running container uses now; 0 if that cannot be told. */
  long memoryUsage(String id) throws RuntimeFailure;

  /**
   * What containers keep on the machine's disk besides their images: writable layers and logs. By
   * id; those of which it cannot be told are left out. All are counted at one go, which may take
   * long.
   */
  default Map<String, FolderSizes.Size> diskUse(List<String> ids) throws RuntimeFailure {
    return Map.of();
  }

  /** Containers (no sandboxes) that carry all these labels, in any state, newest first. */
  List<Container> containers(Map<String, String> labels) throws RuntimeFailure;

  /** One container as it is now. */
  Optional<Container> container(String id) throws RuntimeFailure;

  /**
   * Calls the listener after a container or sandbox of this agent starts or ends, until closed.
   * What happens while the engine is not listened to, as before the first connection or during an
   * outage, is told as {@link RuntimeListener#missedSome} once it is again.
   */
  Subscription onChange(RuntimeListener listener);

  ImageStore images();

  ContainerStreams streams();

  @Override
  void close();

  /** Ends with {@link #close}; a listener may be called once more while it closes. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
